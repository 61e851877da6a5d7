import { el } from "../lib/dom.js";
import { label } from "../lib/localise.js";
import { bot, store } from "../lib/store.js";
import { avatar } from "./avatar.js";
import { flatCommands } from "./commandForm.js";

/**
 * The list that opens over the composer after "/". @param {(command: any, rest: string) => void} choose
 */
export function commandPicker(choose) {
  const list = el("ul", { role: "listbox", id: "command-list", "aria-label": "Commands" });
  const element = el("div", { class: "command-picker", hidden: true }, list);
  let found = [];
  let active = 0;
  let rest = "";

  const render = () => {
    list.replaceChildren(
      ...(found.length === 0
        ? [
            el("li", {
              class: "no-command",
              role: "presentation",
              text: store.botConnected
                ? "No command of that name."
                : `${bot().name} is not here yet, so there are no commands.`,
            }),
          ]
        : found.map((command, index) =>
            el(
              "li",
              {
                role: "option",
                id: `command-${index}`,
                "aria-selected": String(index === active),
                on: { click: () => choose(command, rest), pointermove: () => activate(index) },
              },
              avatar(store.applicationId, 28),
              el(
                "span",
                { class: "grow" },
                el("strong", { text: `/${command.label}` }),
                el("small", { text: command.description }),
              ),
              el("span", {
                class: "command-options",
                text: command.options
                  .filter(({ required }) => required)
                  .map(label)
                  .join("  "),
              }),
            ),
          )),
    );
  };
  const activate = (index) => {
    if (index === active) return;
    active = index;
    for (const [number, item] of [...list.children].entries())
      item.setAttribute("aria-selected", String(number === index));
    list.children[index]?.scrollIntoView({ block: "nearest" });
  };
  return {
    element,
    /** @param {string} text what stands in the composer */
    update(text) {
      element.hidden = !text.startsWith("/");
      if (element.hidden) return;
      const typed = text.slice(1).toLowerCase();
      const all = flatCommands().sort((a, b) => a.label.localeCompare(b.label));
      const exact = all.find((command) => typed.startsWith(`${command.label} `));
      rest = exact ? text.slice(exact.label.length + 2) : "";
      found = exact
        ? [exact]
        : all.filter(({ name, label: shown }) =>
            [shown, name].some((each) => each.startsWith(typed) || each.includes(` ${typed}`)),
          );
      active = 0;
      render();
    },
    get isOpen() {
      return !element.hidden;
    },
    get activeId() {
      return element.hidden || found.length === 0 ? undefined : `command-${active}`;
    },
    /** Both say whether there was something to do. */
    move(by) {
      if (found.length > 0) activate((active + by + found.length) % found.length);
      return found.length > 0;
    },
    chooseActive() {
      const command = found[active];
      if (command) choose(command, rest);
      return command !== undefined;
    },
    close: () => {
      element.hidden = true;
    },
  };
}
