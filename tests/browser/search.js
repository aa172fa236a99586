// Derives the right results of a search from the pages themselves, and compares them with the found results. The page must
// have `self.asked` and `self.paths` before.
(async () => {
  const frame = ".print-only,button,svg,summary,script,select,nav,.actions,.anchor,.answer,.badge,.cards,.claims,.crumb,.done,.elided," +
    ".exit,.facts,.notice,.number,.prompt,.quiz-title,.result,.variant-title,.way,.blockquote-tag-title,.note,.other,.proved,.replay,.states,.tip,.unproved,.why";
  const code = "code,pre,samp,kbd";
  const base = document.getElementById("d-search").dataset.base.replace(/[^/]*$/, "");
  const passages = [];
  for (const path of paths) {
    const page = new DOMParser().parseFromString(await (await fetch(base + path)).text(), "text/html");
    const main = page.querySelector("main");
    for (const one of main.querySelectorAll(frame)) one.remove();
    for (const one of main.querySelectorAll("p,li,pre,td,th,div,dt,dd,h1,h2,h3,br,label,section")) one.prepend(" "), one.append(" ");
    const parts = [...main.querySelectorAll("section[id],.glossary > div[id]")];
    for (const part of parts) part.remove();
    for (const [id, part] of [["", main], ...parts.map((part) => [part.id, part])]) {
      const chunks = new Set([...part.querySelectorAll(code)].flatMap((one) => one.textContent.toLowerCase().split(/\s+/)));
      for (const one of part.querySelectorAll(code)) one.remove();
      passages.push({ at: path + "#" + id, words: new Set(part.textContent.toLowerCase().match(/[\p{L}\p{N}]+/gu)), chunks });
    }
  }
  const trim = (chunk) => chunk.replace(/^[^\p{L}\p{N}\-/._$~@]+|[^\p{L}\p{N}]+$/gu, "");
  const inCode = (passage, word) => [...passage.chunks].some((chunk) =>
    trim(chunk) === word || trim(chunk).split(/[^\p{L}\p{N}]+/u).includes(word));
  const index = openIndex(dermagaIndex);
  const times = [], wrong = [];
  let recall = 0, precision = 0, number = 0, exactLast = [];
  for (const { question, forms } of asked) {
    const words = question.toLowerCase().split(" ");
    const wanted = new Set(passages.filter((passage) => forms
      ? forms.some((form) => passage.words.has(form)) || inCode(passage, question)
      : words.every((word) => inCode(passage, trim(word)) || passage.words.has(trim(word)))).map((passage) => passage.at));
    if (!wanted.size) continue;
    const begin = performance.now();
    // Results for another name of a word do not count. They must come after all other results.
    const all = index.find(question).found;
    const found = all.filter((one) => !one.renamed);
    times.push(performance.now() - begin);
    if (all.findIndex((one) => one.renamed) >= 0 && all.slice(all.findIndex((one) => one.renamed)).some((one) => !one.renamed)) exactLast.push(question);
    const places = found.map((one) => one.path + "#" + one.anchor);
    const right = places.filter((place) => wanted.has(place)).length;
    number += 1;
    recall += right / wanted.size;
    precision += places.length ? right / places.length : 1;
    if (right < wanted.size || right < places.length) {
      const missed = [...wanted].filter((place) => !places.includes(place));
      const extra = found.filter((one) => !wanted.has(one.path + "#" + one.anchor)).flatMap((one) => one.forms);
      wrong.push(`${question}: ${right} of ${wanted.size}, ${places.length} found; missed ${missed.slice(0, 3)}; for ${[...new Set(extra)]}`);
    }
    // Passages with the word itself must come before passages with related words only.
    const own = places.map((place) => passages.find((passage) => passage.at === place))
      .map((passage) => words.every((word) => passage?.words.has(trim(word)) || (passage && inCode(passage, trim(word)))));
    if (own.lastIndexOf(true) >= 0 && own.slice(0, own.lastIndexOf(true)).includes(false)) exactLast.push(question);
  }
  times.sort((a, b) => a - b);
  return { number, recall: recall / number, precision: precision / number, p95: times[Math.floor(times.length * 0.95)],
    worst: times.at(-1), wrong, exactLast };
})()
