"use strict";
// Plays the frames of a step: [milliseconds, lines that stay, lines that come]; a typed line is
// [prompt, pieces of the command], and a piece is [class, text].
window.dermagaPlay = (place, { frames, ends, length }, words) => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const make = (name, props, ...inside) => {
    const element = Object.assign(document.createElement(name), props);
    element.append(...inside);
    return element;
  };
  const offer = place.querySelector("button");
  const screen = make("pre", { className: "screen", tabIndex: 0 });
  screen.setAttribute("role", "group");
  screen.setAttribute("aria-label", words.replayScreen);
  const toggle = make("button", { type: "button", className: "toggle" });
  const back = make("button", { type: "button", textContent: "«" });
  const next = make("button", { type: "button", textContent: "»" });
  const close = make("button", { type: "button", textContent: words.close });
  back.setAttribute("aria-label", words.replayBack);
  next.setAttribute("aria-label", words.replayNext);
  const bar = make("input", { type: "range", min: 0, max: Math.ceil(length / 100) * 100, step: 100, value: 0 });
  bar.setAttribute("aria-label", words.replayTime);
  const speed = make("select", {}, ...[1, 2, 4].map((value) => make("option", { value, textContent: `${value}×` })));
  speed.setAttribute("aria-label", words.replaySpeed);
  const clock = make("span", { className: "clock" });
  const said = make("span", { className: "sr" });
  said.setAttribute("role", "status");
  const controls = make("div", { className: "controls" }, ...(calm ? [] : [toggle]), back, next, bar, clock, ...(calm ? [] : [speed]), close, said);
  const player = make("div", { className: "player" }, screen, controls);
  player.setAttribute("role", "group");
  player.setAttribute("aria-label", words.replayLabel);

  let now = 0, at = 0, lines = [], timer = 0, last = 0;
  const time = (ms) => {
    const seconds = ms >= length ? Math.ceil(length / 1000) : Math.floor(ms / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  // The screen is as high as the longest frame, and stands in the place of the terminal that it repeats.
  const most = frames.reduce((most, [, stay, come]) => Math.max(most, stay + come.length), 0);
  screen.style.height = `${Math.min(18, most) * 1.5 + 2}em`;
  const before = place.previousElementSibling ?? place.parentElement.previousElementSibling;
  const still = before?.matches(".terminal,.variants") ? before : null;
  const piece = ([className, text]) => (className ? make("span", { className }, text) : text);
  const draw = () => {
    screen.replaceChildren(...lines.flatMap((line, index) => {
      const end = index + 1 < lines.length ? "\n" : "";
      if (typeof line === "string") return [line + end];
      return [make("span", { className: "prompt" }, line[0]), make("span", { className: "typed" }, ...line[1].map(piece)), end];
    }));
    screen.scrollTop = screen.scrollHeight;
  };
  const show = (to) => {
    to = Math.max(0, Math.min(length, to));
    if (to < now) { at = 0; lines = []; }
    const before = at;
    now = to;
    for (; at < frames.length && frames[at][0] <= now; at += 1) lines = lines.slice(0, frames[at][1]).concat(frames[at][2]);
    if (at !== before || !lines.length) draw();
    bar.value = now;
    clock.textContent = `${time(now)} / ${time(length)}`;
    bar.setAttribute("aria-valuetext", clock.textContent);
  };
  const label = () => { toggle.textContent = timer ? words.replayPause : words.replayPlay; };
  const pause = (why) => {
    cancelAnimationFrame(timer);
    timer = 0;
    label();
    if (why) said.textContent = why;
  };
  const tick = (stamp) => {
    if (!player.isConnected) return;
    show(now + Math.min(100, stamp - last) * speed.value);
    last = stamp;
    if (now >= length) return pause(words.replayDone);
    timer = requestAnimationFrame(tick);
  };
  const play = () => {
    if (now >= length) show(0);
    last = performance.now();
    timer = requestAnimationFrame(tick);
    said.textContent = words.replayPlaying;
    label();
  };
  toggle.addEventListener("click", () => (timer ? pause(words.replayPaused) : play()));
  // To the end of a command: of the one before, of the one after.
  const jump = (to) => {
    pause();
    show(to);
    said.textContent = lines.findLast((line) => typeof line !== "string")?.[1].map(([, text]) => text).join("") ?? "";
  };
  back.addEventListener("click", () => jump(ends.findLast((end) => end < now - 300) ?? 0));
  next.addEventListener("click", () => jump(ends.find((end) => end > now) ?? length));
  bar.addEventListener("input", () => { pause(); show(Number(bar.value)); });
  const leave = () => {
    pause();
    player.remove();
    if (still) still.hidden = false;
    offer.hidden = false;
    offer.focus();
  };
  close.addEventListener("click", leave);
  player.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });

  offer.hidden = true;
  place.append(player);
  if (still) still.hidden = true;
  label();
  show(0);
  if (calm) { jump(ends[0] ?? length); next.focus(); } else { toggle.focus(); play(); }
};
