
const book = "progress:" + root.dataset.course;
const read = (text) => {
  const clean = {};
  try {
    for (const [lesson, steps] of Object.entries(JSON.parse(text) ?? {})) {
      if (Array.isArray(steps)) clean[lesson] = steps.filter((step) => typeof step === "string");
    }
  } catch { return null; }
  return clean;
};
// Before the course had an id, its progress was kept under its title.
let done = Object.assign(Object.create(null), read(kept(book) ?? kept("progress:" + root.dataset.title)));
const save = () => { keep(book, JSON.stringify(done)); };
const of = (place) => {
  const steps = place.dataset.steps.split(" ").filter(Boolean);
  return [steps.filter((step) => done[place.dataset.lesson]?.includes(step)).length, steps.length];
};
const said = (text, count, all) => text.replace("%1", count).replace("%2", all);
const own = [...document.querySelectorAll("#d-toc [data-lesson]")].find((one) => one.dataset.lesson === root.dataset.lesson);
const ticks = () => {
  const head = document.querySelector("main > .title .of");
  if (own && head) {
    const [count, all] = of(own);
    head.textContent = count ? " · " + (count === all ? words.lessonDone : said(words.progressOf, count, all)) : "";
  }
  let next = null;
  for (const place of document.querySelectorAll("[data-lesson][data-steps]")) {
    const [count, all] = of(place);
    const whole = all > 0 && count === all;
    place.classList.toggle("is-done", whole);
    const shown = place.querySelector(".of");
    if (shown) {
      shown.textContent = count ? (whole ? words.lessonDone : said(words.progressOf, count, all)) : "";
      shown.classList.toggle("sr", whole && place.closest("#d-toc") !== null);
    }
    if (!whole && !next) next = place;
  }
  for (const place of document.querySelectorAll("#d-toc [data-section]")) {
    const isDone = Boolean(done[root.dataset.lesson]?.includes(place.dataset.section));
    place.classList.toggle("is-done", isDone);
    place.querySelector(".sr").textContent = isDone ? `(${words.stepDone})` : "";
  }
  const start = document.querySelector("[data-start]");
  const place = start && placeToGoOn(next);
  if (place) {
    start.textContent = words.goOn;
    start.href = place;
  }
};
// The step that the reader was at last.
const at = "at:" + root.dataset.course;
const touch = (step) => { if (root.dataset.lesson && step) keep(at, root.dataset.lesson + " " + step); };
// Where the reader goes on: at the step that was the last, at the first after it that is not done, or at the next lesson.
const placeToGoOn = (next) => {
  const lessons = [...document.querySelectorAll("#d-toc [data-lesson]")];
  const [id, step] = (kept(at) ?? "").split(" ");
  const last = lessons.find((one) => one.dataset.lesson === id);
  const href = (place, step) => place.querySelector("a").getAttribute("href") + (step ? "#" + encodeURIComponent(step) : "");
  if (!last) return next && Object.values(done).some((steps) => steps.length) ? href(next) : null;
  const isDone = (one) => done[id]?.includes(one);
  const steps = last.dataset.steps.split(" ").filter(Boolean);
  if (!isDone(step) && !steps.every(isDone)) return href(last, step);
  const from = steps.indexOf(step);
  const open = [...steps.slice(from), ...steps.slice(0, Math.max(0, from))].find((one) => !isDone(one));
  if (open) return href(last, open);
  const isOpen = (one) => one.dataset.steps && !one.classList.contains("is-done");
  const after = lessons.slice(lessons.indexOf(last) + 1).find(isOpen) ?? next;
  return after ? href(after) : href(last, step);
};
for (const button of document.querySelectorAll(".mark")) {
  const { lesson } = root.dataset;
  const section = button.closest("[data-step]");
  const { step } = section.dataset;
  const show = () => {
    const pressed = Boolean(done[lesson]?.includes(step));
    button.setAttribute("aria-pressed", pressed);
    button.textContent = pressed ? words.doneUndo : words.done;
    return pressed;
  };
  button.addEventListener("click", () => {
    const steps = new Set(done[lesson] ?? []);
    if (!steps.delete(step)) steps.add(step);
    done[lesson] = [...steps];
    save();
    touch(step);
    ticks();
    document.dispatchEvent(new Event("dermaga:progress"));
    if (own) tell(said(words.progressOf, ...of(own)));
  });
  document.addEventListener("dermaga:progress", () => { if (show()) reveal(section); });
  // What a reader has done is open, unless the page opens further down, where that would move what the reader sees.
  if (show() && !location.hash && !scrollY) reveal(section);
}
const renew = (text) => {
  save();
  ticks();
  document.dispatchEvent(new Event("dermaga:progress"));
  document.getElementById("d-progress-said").textContent = text;
};
document.getElementById("d-export").addEventListener("click", () => {
  const link = document.createElement("a");
  const data = { dermaga: 1, course: root.dataset.course, done };
  link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 1)], { type: "application/json" }));
  link.download = words.exportName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
const file = document.getElementById("d-import");
file.addEventListener("change", async () => {
  if (!file.files.length) return;
  let came = null;
  try {
    const data = JSON.parse(await file.files[0].text());
    if (data?.dermaga === 1 && [root.dataset.course, root.dataset.title].includes(data.course) && data.done) came = read(JSON.stringify(data.done));
  } catch {}
  file.value = "";
  if (!came) {
    document.getElementById("d-progress-said").textContent = words.importFailed;
    return;
  }
  for (const [lesson, steps] of Object.entries(came)) done[lesson] = [...new Set([...(done[lesson] ?? []), ...steps])];
  renew(words.imported);
});
// Asked for twice, so that nobody loses it by a slip.
const reset = document.getElementById("d-reset");
reset.addEventListener("click", () => {
  if (reset.dataset.sure) {
    done = Object.create(null);
    renew(words.resetDone);
    delete reset.dataset.sure;
    reset.textContent = words.reset;
  } else {
    reset.dataset.sure = "1";
    reset.textContent = words.resetSure;
  }
});
reset.addEventListener("blur", () => { delete reset.dataset.sure; reset.textContent = words.reset; });
document.getElementById("d-progress-why").textContent += canKeep() ? "" : " " + words.notKept;
ticks();
// What is used or read last is where the reader goes on.
addEventListener("pagehide", () => touch(shownStep()));
document.addEventListener("visibilitychange", () => { if (document.hidden) touch(shownStep()); });
document.addEventListener("click", (event) => touch(event.target.closest?.("main [data-step] :is(button,summary,input)")?.closest("[data-step]").dataset.step));
