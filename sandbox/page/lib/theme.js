/** Light or dark: as the system says, until somebody chooses otherwise. */

const KEY = "emend-theme";
const COLORS = { light: "#dfe2e8", dark: "#1b1c20" };
const system = matchMedia("(prefers-color-scheme: light)");
const systemTheme = () => (system.matches ? "light" : "dark");

/** @returns {"light" | "dark"} */
export const theme = () => (document.documentElement.dataset.theme === "light" ? "light" : "dark");

function apply() {
  const chosen = localStorage.getItem(KEY);
  const wanted = chosen === "light" || chosen === "dark" ? chosen : systemTheme();
  document.documentElement.dataset.theme = wanted;
  document.querySelector("meta[name=color-scheme]")?.setAttribute("content", wanted);
  document.querySelector("meta[name=theme-color]")?.setAttribute("content", COLORS[wanted]);
}

/** The other one; when that is the system's, the page follows the system again. */
export function toggleTheme() {
  const wanted = theme() === "light" ? "dark" : "light";
  if (wanted === systemTheme()) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, wanted);
  apply();
}

/** @param {() => void} listener called after every change, whoever made it */
export function onTheme(listener) {
  new MutationObserver(listener).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

system.addEventListener("change", apply);
addEventListener("storage", ({ key }) => key === KEY && apply());
apply();
