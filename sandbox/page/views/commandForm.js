import { el, icon, iconButton } from "../lib/dom.js";
import { start } from "../lib/interactions.js";
import { description, label } from "../lib/localise.js";
import { store } from "../lib/store.js";
import { avatar } from "./avatar.js";
import { acceptDrops, pastedFiles } from "./fileInput.js";
import { localNotice } from "./localNotice.js";
import { optionField } from "./optionFields.js";

/**
 * The form of one slash command: required options first, the others on request. Enter sends.
 * @param {{name: string, label: string, description: string, options: any[]}} command
 * @param {Record<string, any>} presets @param {() => void} close
 */
export function commandForm(command, presets, close) {
  const fields = [];
  const values = () => Object.fromEntries(fields.map((field) => [field.name, field.value()]));
  const body = el("div", { class: "option-list" });
  const more = el("div", { class: "more-options" });
  const add = (option) => {
    const field = optionField(option, presets[option.name], values, command.name);
    fields.push(field);
    body.append(field.element);
    return field;
  };
  const addLater = (option) => {
    const button = el(
      "button",
      { type: "button", class: "chip", title: description(option) },
      icon("plus", 14),
      label(option),
    );
    button.addEventListener("click", () => {
      button.remove();
      add(option).focus();
    });
    more.append(button);
  };
  for (const option of command.options)
    (option.required || presets[option.name] !== undefined ? add : addLater)(option);

  const send = async (event) => {
    event?.preventDefault();
    for (const field of fields) field.complain("");
    const missing = fields.find((field) => field.required && field.value() === undefined);
    if (missing) {
      missing.complain("This option is required.");
      missing.focus();
      return;
    }
    const options = Object.fromEntries(Object.entries(values()).filter(([, value]) => value !== undefined));
    close();
    await sendCommand(command, options);
  };
  const sendButton = el("button", { type: "submit", class: "button primary send-command" }, "Send", icon("send", 16));
  const element = el(
    "form",
    { class: "command-form", "aria-label": `/${command.label}`, novalidate: true, on: { submit: send } },
    el(
      "header",
      { class: "command-head" },
      avatar(store.applicationId, 24),
      el("strong", { text: `/${command.label}` }),
      el("span", { class: "command-description", text: command.description }),
      iconButton("close", "Cancel", close),
    ),
    body,
    el("footer", { class: "command-foot" }, more, el("span", { class: "grow" }), sendButton),
  );
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  });
  const takeFiles = (files) => {
    const empty =
      fields.find((field) => field.addFiles && field.value() === undefined) ?? fields.find((field) => field.addFiles);
    if (empty) empty.addFiles(files);
  };
  element.addEventListener("paste", (event) => {
    const files = pastedFiles(event);
    if (files.length === 0) return;
    event.preventDefault();
    takeFiles(files);
  });
  acceptDrops(element, takeFiles);
  const focusFirst = () => {
    const open = fields.find((field) => field.value() === undefined);
    if (open) open.focus();
    else sendButton.focus();
  };
  return { element, focusFirst, takeFiles };
}

/** Sends a command and shows how it goes until the application answers. */
async function sendCommand(command, options) {
  const notice = localNotice(`/${command.label}`);
  const retry = () => {
    notice.remove();
    sendCommand(command, options);
  };
  try {
    await start("slash", { channel: store.channelId, name: command.name, options }, ({ state }) => {
      if (state === "failed") notice.fail("The application did not respond.", retry);
      else if (state !== "waiting") notice.remove();
    });
  } catch (error) {
    notice.fail(error.message, retry);
  }
}

/** Slash commands as a flat list: subcommands are entries of their own. */
export function flatCommands() {
  const flat = (prefix, shown, item) => {
    const groups = (item.options ?? []).filter(({ type }) => type === 1 || type === 2);
    if (groups.length > 0)
      return groups.flatMap((inner) => flat(`${prefix} ${inner.name}`, `${shown} ${label(inner)}`, inner));
    return [{ name: prefix, label: shown, description: description(item), options: item.options ?? [] }];
  };
  return store.commands
    .filter(({ type }) => type === 1)
    .flatMap((command) => flat(command.name, label(command), command));
}
