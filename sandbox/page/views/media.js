import { el, icon } from "../lib/dom.js";
import { wantsStillness } from "../lib/motion.js";
import { openLightbox } from "./lightbox.js";
import { stillPicture } from "./stillPicture.js";

/** @typedef {{url: string, width?: number, height?: number, description?: string | null, spoiler?: boolean, name?: string}} Picture */

/** Pixels that one picture takes at most. */
const WIDEST = 560;
const TALLEST = 400;

/** @param {string | undefined} type @param {string} [url] */
export const isPicture = (type, url = "") =>
  /^image\/(png|jpeg|webp|gif|avif|bmp)/.test(type ?? "") || /\.(png|jpe?g|webp|gif|avif)(\?|$)/i.test(type ? "" : url);

/**
 * A picture that opens large on click. Space is kept before it has loaded.
 * @param {Picture} picture @param {Picture[]} all the pictures shown together with it
 */
export function pictureButton(picture, all, index) {
  const { url, width, height, description, spoiler } = picture;
  const moves = /\.gif(\?|$)/i.test(url);
  const image = el("img", { src: url, alt: description ?? "", loading: "lazy", width, height });
  const label = description ? `Open picture: ${description}` : "Open picture";
  const open = () => {
    if (button.classList.contains("is-spoiler")) {
      button.classList.remove("is-spoiler");
      button.setAttribute("aria-label", label);
    } else openLightbox(all, index);
  };
  const button = el(
    "button",
    {
      type: "button",
      class: `picture ${spoiler ? "is-spoiler" : ""}`,
      "aria-label": spoiler ? "Spoiler. Show picture" : label,
      title: description,
      on: { click: open },
    },
    image,
    moves && el("span", { class: "gif-badge", "aria-hidden": "true", text: "GIF" }),
    description && el("span", { class: "alt-badge", "aria-hidden": "true", text: "ALT" }),
  );
  image.addEventListener("error", () => {
    button.classList.add("is-broken");
    button.replaceChildren(icon("image", 28), el("span", { text: "This picture is not available." }));
  });
  if (moves && wantsStillness()) stillPicture(image, button);
  if (width && height) {
    button.style.setProperty("--ratio", String(width / height));
    button.style.setProperty("--width", `${Math.round(width * Math.min(1, WIDEST / width, TALLEST / height))}px`);
  }
  return button;
}

/** One to ten pictures side by side. @param {Picture[]} pictures */
export function gallery(pictures) {
  return el(
    "div",
    { class: `gallery count-${Math.min(pictures.length, 4)}` },
    ...pictures.map((picture, index) => pictureButton(picture, pictures, index)),
  );
}

/** Files under a message: pictures together, the rest as cards. @param {any[]} attachments */
export function attachments(list) {
  const pictures = list.filter((file) => isPicture(file.content_type));
  const others = list.filter((file) => !isPicture(file.content_type));
  const asPicture = (file) => ({ ...file, name: file.filename, spoiler: ((file.flags ?? 0) & 8) !== 0 });
  return [...(pictures.length > 0 ? [gallery(pictures.map(asPicture))] : []), ...others.map(fileCard)];
}

/** @param {{filename?: string, name?: string, size?: number, url: string}} file */
export function fileCard({ filename, name, size, url }) {
  const title = filename ?? name ?? decodeURIComponent(url.split("?")[0].split("/").at(-1) ?? "file");
  return el(
    "div",
    { class: "file-card" },
    icon("file", 28),
    el(
      "span",
      { class: "grow" },
      el("a", { href: url, target: "_blank", rel: "noopener", text: title }),
      size !== undefined && el("small", { text: fileSize(size) }),
    ),
    el(
      "a",
      { class: "icon-button", href: url, download: title, "aria-label": `Download ${title}`, title: "Download" },
      icon("download"),
    ),
  );
}

/** @param {number} bytes */
export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
