// What a button did stands on it for two seconds.
const show = (button, text) => {
  button.dataset.plain ??= button.textContent;
  button.textContent = text;
  tell(text);
  clearTimeout(Number(button.dataset.timer));
  button.dataset.timer = setTimeout(() => { button.textContent = button.dataset.plain; }, 2000);
};
const copy = async (button, text) => {
  try {
    await navigator.clipboard.writeText(text);
    show(button, words.copied);
  } catch {
    show(button, words.copyFailed);
  }
};
for (const button of document.querySelectorAll(".copy")) {
  const code = () => button.closest("figure").querySelector("pre code").textContent;
  button.addEventListener("click", () => copy(button, button.dataset.copy ?? code()));
}
for (const button of document.querySelectorAll(".save")) {
  button.addEventListener("click", () => {
    const text = button.closest("figure").querySelector("pre code").textContent;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = button.dataset.save.split("/").pop();
    link.click();
    URL.revokeObjectURL(link.href);
  });
}

for (const list of document.querySelectorAll(".sortable")) {
  for (const item of list.children) {
    const [up, down] = item.querySelectorAll(".moves button");
    for (const [button, name, way] of [[up, words.quizUp, -1], [down, words.quizDown, 1]]) {
      button.setAttribute("aria-label", `${name}: ${item.querySelector(".item").textContent}`);
      button.addEventListener("click", () => {
        if (way < 0 && item.previousElementSibling) item.previousElementSibling.before(item);
        if (way > 0 && item.nextElementSibling) item.nextElementSibling.after(item);
        button.focus();
        const items = [...list.children];
        tell(`${item.querySelector(".item").textContent}: ${said(words.progressOf, items.indexOf(item) + 1, items.length)}`);
      });
    }
  }
}

const judge = {
  choose(form) {
    const options = [...form.querySelectorAll(".option")];
    const chosen = options.filter((option) => option.querySelector("input").checked);
    if (!chosen.length) return words.quizChooseFirst;
    for (const option of options) option.querySelector(".why").hidden = !chosen.includes(option);
    const right = options.every((option) => option.hasAttribute("data-right") === chosen.includes(option));
    return right ? words.right : words.wrong;
  },
  order(form) {
    const right = [...form.querySelectorAll("li[data-place]")].every((item, at) => Number(item.dataset.place) === at);
    return right ? words.allRight : words.notYet;
  },
  match(form) {
    const right = [...form.querySelectorAll("select")].every((select) => select.value === select.dataset.right);
    return right ? words.allRight : words.notYet;
  },
};
// What a question asks for shows when it is answered, or at a button.
const reveal = (section) => {
  for (const place of section?.querySelectorAll(".predicted") ?? []) place.classList.add("shown");
  reach();
};
for (const button of document.querySelectorAll(".reveal button")) {
  button.addEventListener("click", () => {
    reveal(button.closest("[data-step]"));
    const output = button.closest(".predicted").querySelector(".output,.terminal");
    output.tabIndex = -1;
    output.focus({ preventScroll: true });
  });
}
for (const form of document.querySelectorAll("form.quiz")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = judge[form.dataset.kind](form);
    form.querySelector(".result").textContent = said;
    if (said !== words.quizChooseFirst) reveal(form.closest("[data-step]"));
    form.classList.toggle("is-right", said === words.right || said === words.allRight);
    form.classList.toggle("is-wrong", said === words.wrong || said === words.notYet);
  });
}

for (const group of document.querySelectorAll(".variants")) {
  const variants = [...group.querySelectorAll(":scope > .variant")];
  const show = (key) => { for (const one of variants) one.hidden = one.dataset.key !== key; };
  const radios = [...group.querySelectorAll(":scope > fieldset input")];
  for (const radio of radios) radio.addEventListener("change", () => { keep("variant", radio.value); show(radio.value); });
  const first = radios.find((radio) => radio.value === kept("variant")) ?? radios[0];
  first.checked = true;
  show(first.value);
  group.classList.add("chosen");
}

const frames = {};
window.dermagaFrames = (steps) => Object.assign(frames, steps);
const loaded = {};
const load = (src) => loaded[src] ??= new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = src;
  script.onload = resolve;
  script.onerror = () => { delete loaded[src]; reject(); };
  document.head.append(script);
});
for (const place of document.querySelectorAll(".replay")) {
  const button = place.querySelector("button");
  button.addEventListener("click", async () => {
    try {
      await Promise.all([load(place.dataset.load), load(place.dataset.player)]);
      if (!place.querySelector(".player")) window.dermagaPlay(place, frames[place.dataset.of], words);
    } catch {
      show(button, words.replayFailed);
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
// Paper cannot be clicked: what is folded and holds commands, outputs or claims opens while it prints.
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details:is(.more,.solution,.claims):not([open])")) {
    one.open = true;
    one.dataset.folded = "";
  }
});
addEventListener("afterprint", () => {
  for (const one of document.querySelectorAll("details[data-folded]")) one.open = false;
});

// A meaning shows at a touch and goes with Escape; the second touch follows the link.
for (const link of document.querySelectorAll(".term")) {
  let before = false;
  link.addEventListener("pointerdown", () => { before = document.activeElement === link; });
  link.addEventListener("click", (event) => {
    if (event.pointerType !== "touch" || before) return;
    event.preventDefault();
    link.focus();
  });
  const place = link.parentElement;
  const back = () => place.classList.remove("quiet");
  link.addEventListener("blur", back);
  place.addEventListener("mouseleave", back);
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const place of document.querySelectorAll(".has-tip:is(:hover,:focus-within)")) place.classList.add("quiet");
});
