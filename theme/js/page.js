"use strict";
const root = document.documentElement;
const words = document.getElementById("d-words").dataset;
const tell = (text) => { document.getElementById("d-said").textContent = text; };
const kept = (key) => { try { return localStorage.getItem("dermaga:" + key); } catch { return null; } };
const keep = (key, value) => { try { localStorage.setItem("dermaga:" + key, value); } catch {} };

const canKeep = () => {
  try {
    localStorage.setItem("dermaga:try", "1");
    localStorage.removeItem("dermaga:try");
    return true;
  } catch { return false; }
};

const menu = document.getElementById("d-menu");
const contents = document.getElementById("d-toc");
const showMenu = (open) => {
  root.classList.toggle("menu", open);
  menu.setAttribute("aria-expanded", open);
};
menu.addEventListener("click", () => {
  showMenu(!root.classList.contains("menu"));
  contents.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
});
contents.addEventListener("click", (event) => { if (event.target.closest("a")) showMenu(false); });
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !root.classList.contains("menu") || document.querySelector("dialog[open]")) return;
  showMenu(false);
  menu.focus();
});
// The way to the contents by keyboard; on a narrow screen they open first.
document.querySelector('.skip[href="#d-toc"]').addEventListener("click", (event) => {
  event.preventDefault();
  if (menu.checkVisibility()) showMenu(true);
  contents.focus();
});
// Groups fold. Of many lessons only the open group is unfolded at first.
const foldsKey = "folds:" + root.dataset.course;
let folded = {};
try { folded = JSON.parse(kept(foldsKey)) ?? {}; } catch {}
const many = contents.querySelectorAll("[data-lesson]").length > 24;
const fold = (button, isFolded) => {
  button.setAttribute("aria-expanded", !isFolded);
  document.getElementById(button.getAttribute("aria-controls")).hidden = isFolded;
};
for (const button of contents.querySelectorAll(".fold")) {
  const id = button.getAttribute("aria-controls");
  const isHere = button.closest(".group").querySelector("[aria-current]") !== null;
  fold(button, !isHere && (folded[id] ?? many));
  button.addEventListener("click", () => {
    folded[id] = button.getAttribute("aria-expanded") === "true";
    fold(button, folded[id]);
    keep(foldsKey, JSON.stringify(folded));
  });
}
// Where the contents scroll by themselves, the open lesson and step are in sight.
const bringIntoSight = (link) => {
  const box = contents.getBoundingClientRect(), place = link.getBoundingClientRect();
  if (place.top < box.top || place.bottom > box.bottom) contents.scrollTop += place.top - box.top - box.height / 3;
};
const current = contents.querySelector("[aria-current]");
if (current) bringIntoSight(current);

// The step on the screen is marked in the contents.
const sections = [...document.querySelectorAll("[data-step][id]")];
const stepLinks = new Map([...contents.querySelectorAll(".steps a")].map((link) => [link.hash.slice(1), link]));
const shownStep = () => sections.findLast((step) => step.getBoundingClientRect().top < 140)?.id ?? "";
const markStep = () => {
  const shown = stepLinks.get(shownStep());
  for (const link of stepLinks.values()) if (link !== shown) link.removeAttribute("aria-current");
  if (!shown || shown.hasAttribute("aria-current")) return;
  shown.setAttribute("aria-current", "location");
  bringIntoSight(shown);
};
if (stepLinks.size) {
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; markStep(); });
  }, { passive: true });
  markStep();
}

const theme = document.getElementById("d-theme");
const named = () => root.classList.contains("terang") ? "light" : root.classList.contains("gelap") ? "dark" : "auto";
const label = () => theme.setAttribute("aria-label", theme.dataset[named()]);
theme.addEventListener("click", () => {
  const next = { auto: "terang", light: "gelap", dark: "" }[named()];
  root.classList.remove("terang", "gelap");
  if (next) root.classList.add(next);
  keep("theme", next);
  label();
});
label();

for (const link of document.querySelectorAll("[data-language]")) {
  const plain = link.getAttribute("href");
  link.addEventListener("click", () => {
    const step = shownStep();
    const here = location.hash || (step && stepLinks.size ? "#" + encodeURIComponent(step) : "");
    link.setAttribute("href", plain + here);
  });
}

const help = document.getElementById("d-help");
document.getElementById("d-help-open").addEventListener("click", () => help.showModal());
const keys = document.getElementById("d-keys");
keys.checked = kept("keys") !== "off";
keys.addEventListener("change", () => keep("keys", keys.checked ? "on" : "off"));

// Where a letter is written, it leads nowhere; a box to tick takes none.
const writing = (event) =>
  event.target.closest("input:not([type=checkbox],[type=radio]),select,textarea,[contenteditable]");

document.addEventListener("keydown", (event) => {
  if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (writing(event)) return;
  if (event.key === "?") help.showModal();
  const way = { j: 1, k: -1 }[event.key];
  if (!way) return;
  const steps = [...document.querySelectorAll("[data-step]")];
  const line = 90;
  const tops = steps.map((step) => step.getBoundingClientRect().top);
  const at = way > 0 ? tops.findIndex((top) => top > line) : tops.findLastIndex((top) => top < line - 40);
  if (steps[at]) location.hash = steps[at].id;
});

// What is cut at the right fades there.
const fade = (box) => box.classList.toggle("cut", box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
document.addEventListener("scroll", (event) => {
  if (event.target.matches?.("main pre, main table")) fade(event.target);
}, { capture: true, passive: true });
// What scrolls sideways can be reached by keyboard, and only that.
const reach = () => {
  for (const box of document.querySelectorAll("main pre, main table")) {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    else if (!box.classList.contains("screen")) box.removeAttribute("tabindex");
    fade(box);
  }
};
reach();
addEventListener("resize", reach);
document.addEventListener("toggle", reach, true);
