"use strict";
{
  const { live } = document.currentScript.dataset;
  let wait = 250;
  const listen = () => {
    const socket = new WebSocket(`ws://${location.host}/-/live?page=${live}`);
    socket.addEventListener("open", () => { wait = 250; });
    // The only message says that the page is stale.
    socket.addEventListener("message", () => location.reload());
    socket.addEventListener("close", () => {
      setTimeout(listen, wait);
      wait = Math.min(wait * 2, 4000);
    });
  };
  listen();
}
