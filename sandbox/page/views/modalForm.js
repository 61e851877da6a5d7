import { el, iconButton, uniqueId } from "../lib/dom.js";
import { start } from "../lib/interactions.js";
import { markdown } from "../lib/markdown.js";
import { bot } from "../lib/store.js";
import { appBadge, avatar } from "./avatar.js";
import { selectOptions } from "./components.js";
import { fileInput, pastedFiles } from "./fileInput.js";
import { toast } from "./toast.js";

const ROW = 1;
const TEXT_DISPLAY = 10;
const LABEL = 18;

/** Shows the form that an application opened. @param {any} interaction */
export function openModal(interaction) {
  const { custom_id, title, components } = interaction.modal;
  const fields = [];
  const parts = components.flatMap((part) => {
    if (part.type === TEXT_DISPLAY) return [el("div", { class: "content" }, ...markdown(part.content))];
    const inner =
      part.type === LABEL
        ? [[part, part.component]]
        : part.type === ROW
          ? part.components.map((input) => [input, input])
          : [];
    return inner.map(([{ label, description }, component]) => {
      const field = modalField(component);
      fields.push({ ...field, name: component.custom_id });
      return labelled(field, label, description, component.required !== false);
    });
  });
  const problem = el("p", { class: "form-problem", role: "alert" });
  const submit = el("button", { type: "submit", class: "button primary", text: "Submit" });
  const titleId = uniqueId("form");
  const dialog = el(
    "dialog",
    { class: "form-dialog", "aria-labelledby": titleId, dataset: { customId: custom_id } },
    el(
      "form",
      { novalidate: true },
      el(
        "header",
        { class: "form-head" },
        avatar(bot().id, 28),
        el("h2", { id: titleId, text: title }),
        appBadge(),
        iconButton("close", "Close", () => dialog.close()),
      ),
      el("div", { class: "form-body" }, ...parts, problem),
      el(
        "footer",
        { class: "form-foot" },
        el("button", { type: "button", class: "button plain", text: "Cancel", on: { click: () => dialog.close() } }),
        submit,
      ),
    ),
  );
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(
      fields.map(({ name, value }) => [name, value()]).filter(([, value]) => value !== undefined),
    );
    submit.disabled = true;
    submit.classList.add("is-busy");
    problem.textContent = "";
    const retry = (words) => {
      submit.disabled = false;
      submit.classList.remove("is-busy");
      problem.textContent = words;
    };
    try {
      await start("submit", { interaction: interaction.id, fields: values }, ({ state }) => {
        if (state === "failed") retry("Something went wrong: the application did not respond. Try again.");
        else if (state !== "waiting") dialog.close();
      });
    } catch (error) {
      retry(error.message);
    }
  });
  dialog.addEventListener("paste", (event) => {
    const files = pastedFiles(event);
    const target = fields.find(({ addFiles }) => addFiles);
    if (files.length === 0 || !target) return;
    event.preventDefault();
    target.addFiles(files);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  fields[0]?.focus();
  if (fields.length === 0 && parts.length === 0) toast("This form is empty.");
}

function labelled(field, label, description, required) {
  const head = [
    el("span", { class: "field-label", text: label ?? "" }),
    required && el("span", { class: "required", "aria-hidden": "true", text: "*" }),
  ];
  const note = description && el("small", { class: "option-note", text: description });
  return field.isGroup
    ? el("fieldset", { class: "field" }, el("legend", {}, ...head.filter(Boolean)), note, field.element)
    : el("div", { class: "field" }, el("label", { for: field.id }, ...head), note, field.element);
}

/** A field of the form by its component: an element, `value()` and `focus()`. */
function modalField(component) {
  const id = uniqueId("field");
  const make =
    { 4: textField, 19: uploadField, 21: radioField, 22: checksField, 23: tickField }[component.type] ?? selectField;
  return { id, ...make(component, id) };
}

function textField({ style, placeholder, value, min_length, max_length = 4000, required }, id) {
  const input = el(style === 2 ? "textarea" : "input", {
    id,
    class: "text-field",
    placeholder,
    minlength: min_length,
    maxlength: max_length,
    required: required !== false,
    ...(style === 2 ? { rows: 4 } : { type: "text", autocomplete: "off" }),
  });
  input.value = value ?? "";
  const counter = el("small", { class: "counter", "aria-hidden": "true" });
  const count = () => {
    counter.textContent = max_length < 4000 ? `${[...input.value].length} / ${max_length}` : "";
  };
  input.addEventListener("input", count);
  count();
  return {
    element: el("div", { class: "counted" }, input, counter),
    value: () => input.value,
    focus: () => input.focus(),
  };
}

function uploadField({ custom_id, max_values = 1, file_types }, id) {
  const field = fileInput({
    id,
    name: custom_id,
    multiple: max_values > 1,
    maximum: max_values,
    fileTypes: file_types,
  });
  return { element: field.element, value: () => field.files, focus: () => field.input.focus(), addFiles: field.add };
}

function selectField(component, id) {
  const options = selectOptions(component);
  if ((component.max_values ?? 1) > 1) return checks(options, id);
  const select = el(
    "select",
    { id, class: "select" },
    el("option", { value: "", text: component.placeholder ?? "Choose…" }),
    ...options.map((option) =>
      el("option", {
        value: option.value,
        text: [option.label, option.description].filter(Boolean).join(" — "),
        selected: option.default === true,
      }),
    ),
  );
  return { element: select, value: () => (select.value === "" ? [] : [select.value]), focus: () => select.focus() };
}

const choiceLabel = (input, { label, description }) =>
  el("label", { class: "choice" }, input, el("span", {}, label, description && el("small", { text: description })));

function radioField({ options }, id) {
  const inputs = options.map((option) =>
    el("input", { type: "radio", name: id, value: option.value, checked: option.default === true }),
  );
  return {
    isGroup: true,
    element: el("div", { class: "choices" }, ...options.map((option, index) => choiceLabel(inputs[index], option))),
    value: () => inputs.find((input) => input.checked)?.value,
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0])?.focus(),
  };
}

const checksField = ({ options }, id) => checks(options, id);

function checks(options, id) {
  const inputs = options.map((option) =>
    el("input", { type: "checkbox", name: id, value: option.value, checked: option.default === true }),
  );
  return {
    isGroup: true,
    element: el("div", { class: "choices" }, ...options.map((option, index) => choiceLabel(inputs[index], option))),
    value: () => inputs.filter((input) => input.checked).map((input) => input.value),
    focus: () => inputs[0]?.focus(),
  };
}

function tickField(component, id) {
  const input = el("input", { id, type: "checkbox", checked: component.default === true });
  return { element: input, value: () => input.checked, focus: () => input.focus() };
}
