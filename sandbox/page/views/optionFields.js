import { call } from "../lib/api.js";
import { el, uniqueId } from "../lib/dom.js";
import { description, label } from "../lib/localise.js";
import { store } from "../lib/store.js";
import { fileInput } from "./fileInput.js";

/** One field per option of a slash command. Each has an element, `value()`, `focus()`, and maybe `addFiles()`. */

const STRING = 3;
const INTEGER = 4;
const BOOLEAN = 5;
const USER = 6;
const CHANNEL = 7;
const ROLE = 8;
const MENTIONABLE = 9;
const NUMBER = 10;
const ATTACHMENT = 11;

/**
 * @param {any} option @param {any} preset @param {() => Record<string, any>} others the values of all fields, for suggestions
 * @param {string} command
 */
export function optionField(option, preset, others, command) {
  const id = uniqueId("option");
  const make =
    option.type === ATTACHMENT
      ? attachment
      : option.autocomplete
        ? suggested
        : option.choices?.length
          ? choice
          : (BY_TYPE[option.type] ?? text);
  const field = make(option, { id, preset, others, command });
  const heading = el(
    "label",
    { for: field.inputId ?? id },
    el("span", { class: "option-name", text: label(option) }),
    !option.required && el("span", { class: "optional", text: "optional" }),
  );
  const note = el("small", { class: "option-note", id: `${id}-note`, text: description(option) });
  const problem = el("small", { class: "option-problem", role: "alert" });
  return {
    ...field,
    name: option.name,
    required: option.required === true,
    element: el("div", { class: "option", dataset: { option: option.name } }, heading, note, field.element, problem),
    complain: (words) => {
      problem.textContent = words;
    },
  };
}

const BY_TYPE = {
  [STRING]: text,
  [INTEGER]: number,
  [NUMBER]: number,
  [BOOLEAN]: yesNo,
  [USER]: entity,
  [CHANNEL]: entity,
  [ROLE]: entity,
  [MENTIONABLE]: entity,
};

const described = (id) => ({ id, "aria-describedby": `${id}-note` });

function text(option, { id, preset }) {
  const input = el("input", {
    ...described(id),
    type: "text",
    class: "text-field",
    autocomplete: "off",
    maxlength: option.max_length,
    required: option.required,
  });
  input.value = preset ?? "";
  return { element: input, value: () => input.value || undefined, focus: () => input.focus() };
}

function number(option, { id, preset }) {
  const input = el("input", {
    ...described(id),
    type: "number",
    class: "text-field",
    min: option.min_value,
    max: option.max_value,
    step: option.type === INTEGER ? 1 : "any",
    required: option.required,
    placeholder:
      option.min_value !== undefined && option.max_value !== undefined
        ? `${option.min_value} – ${option.max_value}`
        : undefined,
  });
  input.value = preset ?? "";
  return {
    element: input,
    value: () => (input.value === "" ? undefined : Number(input.value)),
    focus: () => input.focus(),
  };
}

function dropDown(id, entries, preset, required) {
  const select = el(
    "select",
    { ...described(id), class: "select", required },
    el("option", { value: "", text: required ? "Choose…" : "—" }),
    ...entries.map(([value, text]) => el("option", { value, text, selected: value === String(preset) })),
  );
  return { element: select, value: () => select.value || undefined, focus: () => select.focus() };
}

function choice(option, { id, preset }) {
  const field = dropDown(
    id,
    option.choices.map((item) => [String(item.value), label(item)]),
    preset,
    option.required,
  );
  const pick = () => option.choices.find(({ value }) => String(value) === field.value())?.value;
  return { ...field, value: pick };
}

function yesNo(option, { id, preset }) {
  const field = dropDown(
    id,
    [
      ["true", "True"],
      ["false", "False"],
    ],
    preset,
    option.required,
  );
  return { ...field, value: () => (field.value() === undefined ? undefined : field.value() === "true") };
}

function entity(option, { id, preset }) {
  const people = [...store.people.values()].map((person) => [person.id, `@${person.name}`]);
  const roles = store.roles.map((role) => [role.id, role.name.startsWith("@") ? role.name : `@${role.name}`]);
  const channels = store.channels.filter(({ direct }) => !direct).map((item) => [item.id, `#${item.name}`]);
  const entries = { [USER]: people, [CHANNEL]: channels, [ROLE]: roles, [MENTIONABLE]: [...people, ...roles] }[
    option.type
  ];
  return dropDown(id, entries, preset, option.required);
}

function attachment(option, { id, preset }) {
  const field = fileInput({ id, name: option.name, fileTypes: option.file_types, files: preset ? [preset] : [] });
  return { element: field.element, value: () => field.files[0], focus: () => field.input.focus(), addFiles: field.add };
}

/** A text or number field with suggestions from the application, as a combobox. */
function suggested(option, { id, preset, others, command }) {
  const isNumber = option.type !== STRING;
  const listId = `${id}-list`;
  const list = el("ul", {
    class: "suggestions",
    role: "listbox",
    id: listId,
    "aria-label": "Suggestions",
    hidden: true,
  });
  const input = el("input", {
    ...described(id),
    type: "text",
    class: "text-field",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
    autocomplete: "off",
    required: option.required,
  });
  let picked = preset === undefined ? undefined : { name: String(preset), value: preset };
  input.value = preset ?? "";
  let choices = [];
  let active = -1;
  let timer;
  let asked = 0;

  const show = () => {
    list.replaceChildren(
      ...choices.map((item, index) =>
        el("li", {
          role: "option",
          id: `${listId}-${index}`,
          "aria-selected": String(index === active),
          text: item.name,
          on: {
            pointerdown: (event) => {
              event.preventDefault();
              pick(item);
            },
          },
        }),
      ),
    );
    list.hidden = choices.length === 0;
    // Above the field, because the composer stands at the bottom; fixed, because the form scrolls.
    const box = input.getBoundingClientRect();
    Object.assign(list.style, {
      left: `${box.left}px`,
      width: `${box.width}px`,
      bottom: `${innerHeight - box.top + 4}px`,
    });
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (active >= 0) input.setAttribute("aria-activedescendant", `${listId}-${active}`);
    else input.removeAttribute("aria-activedescendant");
    list.children[active]?.scrollIntoView({ block: "nearest" });
  };
  const hide = () => {
    choices = [];
    active = -1;
    show();
  };
  const pick = (item) => {
    picked = item;
    input.value = item.name;
    hide();
  };
  const ask = async () => {
    const number = ++asked;
    const options = Object.fromEntries(
      Object.entries({ ...others(), [option.name]: input.value }).filter(
        ([, value]) => value !== undefined && !(value instanceof File),
      ),
    );
    const answer = await call("autocomplete", {
      channel: store.channelId,
      name: command,
      focused: option.name,
      options,
    }).catch(() => ({ choices: [] }));
    if (number !== asked || document.activeElement !== input) return;
    // What is marked stays marked: somebody may be about to press Enter.
    const marked = choices[active]?.value;
    choices = answer.choices;
    active = choices.findIndex(({ value }) => value === marked);
    show();
  };
  input.addEventListener("input", () => {
    picked = undefined;
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("focus", ask);
  input.addEventListener("blur", hide);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      active = (active + (event.key === "ArrowDown" ? 1 : choices.length + (active < 0 ? 0 : -1))) % choices.length;
      show();
    } else if (event.key === "Enter" && active >= 0) pick(choices[active]);
    else if (event.key === "Escape") hide();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const value = () => {
    if (input.value === "") return undefined;
    const raw = picked?.value ?? input.value;
    return isNumber ? Number(raw) : raw;
  };
  return { element: el("div", { class: "combo" }, input, list), value, focus: () => input.focus() };
}
