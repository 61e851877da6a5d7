import { el } from "../lib/dom.js";

/** A short notice at the bottom, above dialogs too, read out by assistive technology. @param {string} text @param {"bad" | "good"} [kind] */
export function toast(text, kind = "bad") {
  let box = document.querySelector(".toasts");
  if (!box) {
    box = el("div", { class: "toasts", role: "status", "aria-live": "polite", popover: "manual" });
    document.body.append(box);
  }
  const note = el("p", { class: `toast ${kind}`, text });
  box.append(note);
  if (box.matches(":popover-open")) box.hidePopover();
  box.showPopover();
  setTimeout(() => {
    note.remove();
    if (!box.hasChildNodes()) box.hidePopover();
  }, 6000);
}
