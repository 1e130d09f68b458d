// The theme switch. Without JavaScript it stays hidden and the system's preference decides.
const root = document.documentElement;
const button = document.querySelector("[data-theme-switch]");
const system = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
const show = () => button.setAttribute("aria-pressed", String(isDark()));

function choose(dark) {
  // Back at what the system wants: follow it again, also when it changes later.
  const theme = dark === system.matches ? null : dark ? "dark" : "light";
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch { /* storage refused: the choice lasts for this page */ }
  show();
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => choose(!isDark()));
  system.addEventListener("change", show);
  show();
}
