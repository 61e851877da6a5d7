import { el, icon, iconButton } from "../lib/dom.js";
import { store } from "../lib/store.js";
import { fileSize } from "./media.js";
import { toast } from "./toast.js";

const GROUPS = { image: "image/png,image/gif,image/jpeg,image/webp,image/avif", video: "video/*", audio: "audio/*" };

/** For the `accept` of a file input. @param {string[] | undefined} types */
const acceptOf = (types) => (types?.length ? types.map((type) => GROUPS[type] ?? type).join(",") : undefined);

/**
 * A place for one or several files: click, drop or paste.
 * @param {{name: string, multiple?: boolean, maximum?: number, fileTypes?: string[], files?: File[], onChange?: () => void, describedBy?: string, id?: string}} options
 */
export function fileInput({
  name,
  multiple = false,
  maximum = multiple ? 10 : 1,
  fileTypes,
  files = [],
  onChange = () => {},
  id,
}) {
  let chosen = [...files];
  const input = el("input", {
    type: "file",
    id,
    class: "visually-hidden",
    "aria-label": name,
    multiple,
    accept: acceptOf(fileTypes),
  });
  const previews = el("ul", { class: "file-previews" });
  const hint = multiple ? "Choose files, or drop them here" : "Choose a picture, or drop or paste it here";
  const zone = el(
    "label",
    { class: "drop-zone" },
    input,
    icon("image", 24),
    el(
      "span",
      {},
      el("strong", { text: hint }),
      el("small", { text: `Up to ${fileSize(store.attachmentSizeLimit)} each` }),
    ),
  );
  const element = el("div", { class: "file-field" }, previews, zone);

  const render = () => {
    previews.replaceChildren(
      ...chosen.map((file, index) =>
        filePreview(file, () => {
          chosen.splice(index, 1);
          render();
          onChange();
          input.focus();
        }),
      ),
    );
    zone.hidden = chosen.length >= maximum;
  };
  const add = (more) => {
    const fitting = more.filter(fits);
    chosen = multiple ? [...chosen, ...fitting].slice(0, maximum) : fitting.length > 0 ? [fitting[0]] : chosen;
    render();
    onChange();
  };
  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = "";
  });
  acceptDrops(zone, add);
  render();
  return {
    element,
    input,
    add,
    get files() {
      return chosen;
    },
  };
}

/** Whether a file may be sent; says so when not. @param {File} file */
export function fits(file) {
  if (file.size <= store.attachmentSizeLimit) return true;
  toast(`${file.name} is too large: the limit is ${fileSize(store.attachmentSizeLimit)}.`);
  return false;
}

/** @param {File} file @param {() => void} remove */
export function filePreview(file, remove) {
  const picture = file.type.startsWith("image/") && file.type !== "image/svg+xml";
  const url = picture ? URL.createObjectURL(file) : undefined;
  const image = picture && el("img", { src: url, alt: "", on: { load: () => URL.revokeObjectURL(url) } });
  return el(
    "li",
    { class: "file-preview" },
    el("span", { class: "preview-picture" }, image || icon("file", 32)),
    el("span", { class: "preview-name", text: file.name, title: file.name }),
    iconButton("trash", `Remove ${file.name}`, remove, "remove"),
  );
}

/** @param {HTMLElement} element @param {(files: File[]) => void} add */
export function acceptDrops(element, add) {
  let depth = 0;
  const mark = (on) => element.classList.toggle("is-dropping", on);
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  element.addEventListener("dragenter", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth++;
    mark(true);
  });
  element.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  element.addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (depth === 0) mark(false);
  });
  element.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    depth = 0;
    mark(false);
    add([...event.dataTransfer.files]);
  });
}

/** Files on the clipboard. @param {ClipboardEvent} event @returns {File[]} */
export function pastedFiles(event) {
  return [...(event.clipboardData?.files ?? [])];
}
