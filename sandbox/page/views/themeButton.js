import { el, icon } from "../lib/dom.js";
import { onTheme, theme, toggleTheme } from "../lib/theme.js";

/** Switches between light and dark. */
export function themeButton() {
  const button = el("button", { type: "button", class: "icon-button", on: { click: toggleTheme } });
  const render = () => {
    const isLight = theme() === "light";
    const label = isLight ? "Use the dark theme" : "Use the light theme";
    button.setAttribute("aria-label", label);
    button.title = label;
    button.replaceChildren(icon(isLight ? "moon" : "sun"));
  };
  onTheme(render);
  render();
  return button;
}
