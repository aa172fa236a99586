{
  const box = document.getElementById("d-search");
  const ask = document.getElementById("d-search-ask");
  const list = document.getElementById("d-search-list");
  const said = document.getElementById("d-search-said");
  const base = box.dataset.base.replace(/[^/]*$/, "");
  const shown = 30;
  let index, loading, chosen = -1;

  const loadScript = (address) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.async = false;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  // The search and its index come when they are first wanted, as scripts: a page opened from a disk may not fetch.
  const load = () => loading ??= Promise.all([loadScript(box.dataset.script), loadScript(box.dataset.index)])
    .then(() => { index = openIndex(self.dermagaIndex); }, (error) => { loading = undefined; throw error; });

  const words = (text) => text.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu) ?? [];
  // The part of a passage's text around the first word that was met.
  const piece = (found) => {
    const { text } = found;
    const low = text.toLowerCase();
    const whole = (form) => {
      for (let at = low.indexOf(form); at >= 0; at = low.indexOf(form, at + 1)) {
        if (!/[\p{L}\p{N}]/u.test(low[at - 1] ?? " ") && !/[\p{L}\p{N}]/u.test(low[at + form.length] ?? " ")) return at;
      }
      return -1;
    };
    const first = found.forms.map(whole).find((at) => at >= 0) ?? 0;
    const start = first < 60 ? 0 : text.indexOf(" ", first - 50) + 1;
    const cut = text.slice(start, start + 260);
    const met = new Set(found.forms.flatMap((form) => words(form)));
    const parts = words(cut).map((word) => {
      if (!met.has(word.toLowerCase()) || !/[\p{L}\p{N}]/u.test(word)) return word;
      const mark = document.createElement("mark");
      mark.textContent = word;
      return mark;
    });
    return [...(start ? ["… "] : []), ...parts];
  };

  const choose = (at) => {
    const hits = [...list.children];
    chosen = hits.length ? (at + hits.length) % hits.length : -1;
    hits.forEach((hit, number) => hit.setAttribute("aria-selected", number === chosen));
    if (chosen < 0) return ask.removeAttribute("aria-activedescendant");
    ask.setAttribute("aria-activedescendant", hits[chosen].id);
    hits[chosen].scrollIntoView({ block: "nearest" });
  };
  const look = () => {
    if (!index) return;
    const question = ask.value.trim();
    const { found, missing } = question ? index.find(question) : { found: [], missing: [] };
    list.replaceChildren(...found.slice(0, shown).map((one, number) => {
      const hit = document.createElement("a");
      hit.className = "hit";
      hit.id = "d-hit-" + number;
      hit.setAttribute("role", "option");
      hit.tabIndex = -1;
      hit.href = base + one.path + (one.anchor ? "#" + encodeURIComponent(one.anchor) : "");
      for (const [tag, name, text] of [["strong", "", [one.heading]], ["span", "where", one.title === one.heading ? [] : [one.title]], ["span", "piece", piece(one)]]) {
        const part = document.createElement(tag);
        part.className = name;
        part.append(...text);
        hit.append(part, " ");
      }
      hit.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey) box.close(); });
      return hit;
    }));
    list.scrollTop = 0;
    const without = missing.length ? ` · ${box.dataset.without} ${missing.join(", ")}` : "";
    ask.setAttribute("aria-expanded", found.length > 0);
    said.textContent = !question ? said.dataset.hint : found.length ? `${box.dataset.found} ${found.length}${without}` : box.dataset.none;
    choose(0);
  };
  const open = () => {
    if (!box.open) box.showModal();
    ask.select();
    load().then(look, () => { said.textContent = box.dataset.failed; });
  };

  for (const button of document.querySelectorAll("#d-search-open, [data-search]")) button.addEventListener("click", open);
  document.getElementById("d-search-close").addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  ask.addEventListener("input", look);
  ask.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way) choose(chosen + way);
    else if (event.key === "Enter") list.children[Math.max(0, chosen)]?.click();
    else if (event.key === "Escape") box.close();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const wide = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    const short = event.key === "/" && keys.checked && !event.ctrlKey && !event.metaKey && !event.altKey &&
      !writing(event);
    if (box.open || help.open || !(wide || short)) return;
    event.preventDefault();
    open();
  });
}
