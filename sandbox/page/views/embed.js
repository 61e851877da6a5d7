import { cssColor, el } from "../lib/dom.js";
import { inline, markdown } from "../lib/markdown.js";
import { messageTime } from "../lib/time.js";
import { gallery } from "./media.js";

/** @param {any} embed */
export function embedCard(embed) {
  const { title, url, description, fields = [], image, thumbnail, author, footer, timestamp, color } = embed;
  const linked = (text, href) =>
    href ? el("a", { href, target: "_blank", rel: "noopener noreferrer", text }) : document.createTextNode(text);
  const notes = [footer?.text, timestamp && messageTime(new Date(timestamp))].filter(Boolean).join(" • ");
  return el(
    "div",
    { class: "embed", style: color === undefined || color === null ? {} : { borderLeftColor: cssColor(color) } },
    el(
      "div",
      { class: "embed-grid" },
      el(
        "div",
        { class: "embed-text" },
        author && el("div", { class: "embed-author" }, linked(author.name, author.url)),
        title && el("div", { class: "embed-title" }, ...(url ? [linked(title, url)] : inline(title))),
        description && el("div", { class: "content" }, ...markdown(description)),
        fields.length > 0 &&
          el(
            "dl",
            { class: "embed-fields" },
            ...fields.map((field) =>
              el(
                "div",
                { class: field.inline ? "is-inline" : "" },
                el("dt", {}, ...inline(field.name)),
                el("dd", { class: "content" }, ...markdown(field.value)),
              ),
            ),
          ),
      ),
      thumbnail && el("img", { class: "embed-thumbnail", src: thumbnail.url, alt: "", loading: "lazy" }),
    ),
    image && gallery([image]),
    notes && el("div", { class: "embed-footer", text: notes }),
  );
}
