"use strict";
{
  const { live, title, why } = document.currentScript.dataset;
  let panel = document.getElementById("live-wrong");
  const show = (text) => {
    if (text === null) {
      panel?.remove();
      panel = null;
      return;
    }
    if (!panel) {
      panel = document.createElement("section");
      panel.id = "live-wrong";
      panel.setAttribute("role", "alert");
      for (const [name, words] of [["h2", title], ["p", why], ["pre", ""]]) {
        const part = document.createElement(name);
        part.textContent = words;
        panel.append(part);
      }
      panel.lastChild.tabIndex = 0;
      document.body.prepend(panel);
    }
    panel.lastChild.textContent = text;
  };
  let wait = 250;
  const listen = () => {
    const socket = new WebSocket(`ws://${location.host}/-/live?page=${encodeURIComponent(live)}`);
    socket.addEventListener("message", (event) => {
      wait = 250;
      const news = JSON.parse(event.data);
      if (news.reload) location.reload();
      else show(news.wrong);
    });
    socket.addEventListener("close", () => {
      setTimeout(listen, wait);
      wait = Math.min(wait * 2, 4000);
    });
  };
  listen();
}
