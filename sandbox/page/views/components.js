import { cssColor, el, icon } from "../lib/dom.js";
import { start } from "../lib/interactions.js";
import { markdown } from "../lib/markdown.js";
import { store } from "../lib/store.js";
import { fileCard, gallery, pictureButton } from "./media.js";

/** Components of messages, old and new. `message` is what an interaction with them is about. */

const BUTTON = 2;
const STRING_SELECT = 3;
const SELECTS = [3, 5, 6, 7, 8];

const RENDER = {
  1: row,
  9: section,
  10: ({ content }) => el("div", { class: "content" }, ...markdown(content)),
  11: ({ media, description, spoiler }) =>
    el(
      "div",
      { class: "thumbnail" },
      pictureButton({ ...media, description, spoiler }, [{ ...media, description }], 0),
    ),
  12: ({ items }) => gallery(items.map(({ media, description, spoiler }) => ({ ...media, description, spoiler }))),
  13: ({ file }) => fileCard(file),
  14: ({ divider = true, spacing = 1 }) =>
    el("hr", { class: `separator spacing-${spacing} ${divider ? "" : "is-invisible"}` }),
  17: container,
};

/** @param {any} component @param {any} message @returns {HTMLElement} */
export function componentView(component, message) {
  if (component.type === BUTTON) return button(component, message);
  if (SELECTS.includes(component.type)) return select(component, message);
  return (
    RENDER[component.type]?.(component, message) ??
    el("p", { class: "subtext", text: "(a component this page does not know)" })
  );
}

const views = (components, message) => components.map((component) => componentView(component, message));

function row({ components }, message) {
  return el("div", { class: "action-row" }, ...views(components, message));
}

function section({ components, accessory }, message) {
  return el(
    "div",
    { class: "section" },
    el("div", { class: "grow" }, ...views(components, message)),
    componentView(accessory, message),
  );
}

function container({ components, accent_color, spoiler }, message) {
  const accent = accent_color === undefined || accent_color === null ? undefined : cssColor(accent_color);
  const element = el(
    "div",
    { class: `container ${spoiler ? "is-spoiler" : ""}`, style: accent ? { borderLeftColor: accent } : {} },
    ...views(components, message),
  );
  if (accent) element.classList.add("has-accent");
  if (spoiler) element.addEventListener("click", () => element.classList.remove("is-spoiler"), { once: true });
  return element;
}

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link", 6: "primary" };

function button({ style, label, emoji, custom_id, url, disabled }, message) {
  const face = [emoji?.name && el("span", { class: "emoji", text: emoji.name }), label && el("span", { text: label })];
  if (style === 5) {
    return el(
      "a",
      { class: "button link", href: url, target: "_blank", rel: "noopener noreferrer" },
      ...face,
      icon("external", 16),
    );
  }
  const element = el(
    "button",
    {
      type: "button",
      class: `button ${STYLES[style]}`,
      dataset: { customId: custom_id },
      disabled: disabled === true,
      "aria-label": label ? undefined : emoji?.name,
    },
    ...face,
  );
  element.addEventListener("click", () => run(element, "click", { message: message.id, customId: custom_id }));
  return element;
}

/** Menus: fixed options, or people, roles and channels of this server. */
function select(component, message) {
  const { custom_id, placeholder, disabled, min_values = 1, max_values = 1 } = component;
  const options = selectOptions(component);
  const send = (element, values) => run(element, "select", { message: message.id, customId: custom_id, values });
  const name = placeholder ?? "Make a selection";
  if (max_values === 1) {
    const element = el(
      "select",
      { class: "select", disabled: disabled === true, "aria-label": name, dataset: { customId: custom_id } },
      el("option", { value: "", text: name, disabled: true, selected: !options.some((option) => option.default) }),
      ...options.map((option) =>
        el("option", { value: option.value, selected: option.default === true, text: optionText(option) }),
      ),
    );
    const chosen = element.value;
    element.addEventListener("change", () => {
      send(element, [element.value]);
      // So that the same one can be chosen again; the application says with a new message what is chosen now.
      element.value = chosen;
    });
    return element;
  }
  const boxes = options.map((option) =>
    el("input", { type: "checkbox", value: option.value, checked: option.default === true }),
  );
  const picked = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const apply = el("button", { type: "button", class: "button primary", text: "Apply" });
  const refresh = () => {
    apply.disabled = picked().length < min_values || picked().length > max_values;
  };
  const element = el(
    "details",
    { class: "multi-select", on: { change: refresh } },
    el("summary", { text: name }),
    ...options.map((option, index) => el("label", { class: "choice" }, boxes[index], optionText(option))),
    apply,
  );
  apply.addEventListener("click", () => send(apply, picked()));
  refresh();
  return element;
}

const optionText = ({ label, description, emoji }) =>
  [emoji?.name, label, description && `— ${description}`].filter(Boolean).join(" ");

/** What a select menu offers, also in forms. */
export function selectOptions({ type, options = [] }) {
  if (type === STRING_SELECT) return options;
  const people = [...store.people.values()].map(({ id, name }) => ({ value: id, label: `@${name}` }));
  const roles = store.roles.map(({ id, name }) => ({ value: id, label: name.startsWith("@") ? name : `@${name}` }));
  const channels = store.channels
    .filter(({ direct }) => !direct)
    .map(({ id, name }) => ({ value: id, label: `#${name}` }));
  return { 5: people, 6: roles, 7: [...people, ...roles], 8: channels }[type] ?? [];
}

/** Starts the interaction and shows its fate beside the component. */
async function run(element, action, input) {
  const article = element.closest("article");
  const note = article?.querySelector(".interaction-note");
  if (note) note.textContent = "";
  const settle = () => element.classList.remove("is-busy");
  const fail = (words) => {
    settle();
    if (note) note.textContent = words;
  };
  element.classList.add("is-busy");
  try {
    await start(action, input, ({ state }) => {
      if (state === "failed") fail("This interaction failed: emend did not answer.");
      else if (state !== "waiting") settle();
    });
  } catch (error) {
    fail(error.message);
  }
}
