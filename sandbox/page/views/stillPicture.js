import { el } from "../lib/dom.js";

/**
 * Shows the first frame of an animated picture, and moves it only while the pointer or the focus is there: for people
 * who want less motion.
 * @param {HTMLImageElement} image @param {HTMLElement} holder
 */
export function stillPicture(image, holder) {
  const still = el("canvas", { class: "still", "aria-hidden": "true" });
  const stop = () => {
    still.hidden = false;
  };
  const move = () => {
    still.hidden = true;
  };
  image.addEventListener("load", () => {
    Object.assign(still, { width: image.naturalWidth, height: image.naturalHeight });
    still.getContext("2d").drawImage(image, 0, 0);
    image.after(still);
  });
  for (const type of ["pointerenter", "focus"]) holder.addEventListener(type, move);
  for (const type of ["pointerleave", "blur"]) holder.addEventListener(type, stop);
}
