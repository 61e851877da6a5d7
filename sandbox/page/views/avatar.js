import { cssColor, el } from "../lib/dom.js";
import { person } from "../lib/store.js";
import { avatarArt } from "./avatarArt.js";

/** A round picture of a person, or the bot's sign. Decorative: the name stands beside it. @param {string} id */
export function avatar(id, size = 40) {
  const { bot, color } = person(id);
  if (bot) return el("img", { class: "avatar", src: "/page/icon.svg", alt: "", width: size, height: size });
  return avatarArt(id, cssColor(color), size);
}

/** The tag that marks applications. */
export const appBadge = () =>
  el("span", { class: "app-badge", text: "APP", title: "This is an application, not a person." });
