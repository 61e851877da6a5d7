import { el, icon, iconButton } from "../lib/dom.js";

/** Shows pictures large, one at a time. @param {import("./media.js").Picture[]} pictures */
export function openLightbox(pictures, start = 0) {
  let index = start;
  const image = el("img", { alt: "" });
  const caption = el("p", { class: "lightbox-caption" });
  const counter = el("span", { class: "lightbox-counter" });
  const link = el(
    "a",
    {
      class: "icon-button",
      target: "_blank",
      rel: "noopener",
      "aria-label": "Open the original",
      title: "Open the original",
    },
    icon("external"),
  );
  const many = pictures.length > 1;
  const step = (by) => {
    index = (index + by + pictures.length) % pictures.length;
    show();
  };
  const dialog = el(
    "dialog",
    { class: "lightbox", "aria-label": "Picture" },
    el(
      "div",
      { class: "lightbox-bar" },
      counter,
      link,
      iconButton("close", "Close", () => dialog.close()),
    ),
    many && iconButton("left", "Previous picture", () => step(-1), "lightbox-step previous"),
    image,
    many && iconButton("right", "Next picture", () => step(1), "lightbox-step next"),
    caption,
  );
  const show = () => {
    const { url, description, name } = pictures[index];
    image.src = url;
    image.alt = description ?? name ?? "";
    link.href = url;
    caption.textContent = description ?? "";
    counter.textContent = many ? `${index + 1} / ${pictures.length}` : "";
  };
  dialog.addEventListener("keydown", ({ key }) => {
    if (many && key === "ArrowLeft") step(-1);
    if (many && key === "ArrowRight") step(1);
  });
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  show();
  document.body.append(dialog);
  dialog.showModal();
}
