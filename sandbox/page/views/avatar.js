import { cssColor, el } from "../lib/dom.js";
import { person } from "../lib/store.js";

/** A round picture of a person: the bot's sign, or a coloured initial. @param {string} id */
export function avatar(id, size = 40) {
  const { name, bot, color } = person(id);
  const box = { width: `${size}px`, height: `${size}px` };
  if (bot) return el("img", { class: "avatar", src: "/page/icon.svg", alt: "", width: size, height: size });
  const style = { ...box, background: cssColor(color), fontSize: `${Math.round(size * 0.45)}px` };
  return el("span", { class: "avatar", "aria-hidden": "true", style, text: name.charAt(0).toUpperCase() });
}

/** The tag that marks applications. */
export const appBadge = () =>
  el("span", { class: "app-badge", text: "APP", title: "This is an application, not a person." });
