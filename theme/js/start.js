{
  const root = document.documentElement;
  root.classList.add("with-js");
  try {
    const theme = localStorage.getItem("dermaga:theme");
    if (theme === "terang" || theme === "gelap") root.classList.add(theme);
  } catch {}
}
