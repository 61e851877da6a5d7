import { el, icon } from "../lib/dom.js";
import { bot, publish } from "../lib/store.js";
import { avatar } from "./avatar.js";

/**
 * What you see while a command is on its way, and when nobody answers; nobody else sees it.
 * @param {string} command such as "/edit"
 */
export function localNotice(command) {
  const text = el(
    "p",
    { class: "thinking" },
    el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
    "Sending command…",
  );
  const foot = el("div", { class: "message-foot" });
  const element = el(
    "article",
    { class: "message is-private is-local", "aria-label": `${command} was sent` },
    el("div", { class: "context-line" }, "You used ", el("span", { class: "command-name", text: command })),
    el("div", { class: "gutter" }, avatar(bot().id, 40)),
    el(
      "div",
      { class: "body" },
      el("header", { class: "message-head" }, el("span", { class: "author", text: bot().name })),
      text,
      foot,
    ),
  );
  publish("local", element);
  return {
    remove: () => element.remove(),
    /** @param {string} words @param {() => void} [retry] */
    fail(words, retry) {
      text.className = "failure";
      text.textContent = words;
      foot.replaceChildren(
        el(
          "p",
          { class: "private-note" },
          icon("eye", 16),
          "Only you can see this · ",
          retry && el("button", { type: "button", class: "text-button", text: "Try again", on: { click: retry } }),
          retry && " · ",
          el("button", {
            type: "button",
            class: "text-button",
            text: "Dismiss message",
            on: { click: () => element.remove() },
          }),
        ),
      );
    },
  };
}
