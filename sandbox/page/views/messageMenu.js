import { call } from "../lib/api.js";
import { announce, el, icon } from "../lib/dom.js";
import { start } from "../lib/interactions.js";
import { label } from "../lib/localise.js";
import { channel, publish, store } from "../lib/store.js";
import { avatar } from "./avatar.js";
import { moveInMenu } from "./sidebar.js";
import { toast } from "./toast.js";

const MESSAGE_COMMAND = 3;
const EPHEMERAL = 64;

/** The menu of one message: reply, apps, copy, edit, delete. @param {any} message @param {HTMLElement} article */
export function openMessageMenu(message, article, event) {
  document.querySelector(".message-menu")?.remove();
  const close = () => {
    menu.remove();
    (event.currentTarget instanceof HTMLElement && event.currentTarget.isConnected
      ? event.currentTarget
      : article
    ).focus();
  };
  const opener = document.activeElement;
  const item = (name, sign, act, className = "") =>
    el(
      "button",
      {
        type: "button",
        class: `menu-item ${className}`,
        role: "menuitem",
        on: {
          click: async () => {
            menu.hidePopover();
            try {
              await act();
            } catch (error) {
              toast(error.message);
            }
          },
        },
      },
      el("span", { class: "grow", text: name }),
      typeof sign === "string" ? icon(sign, 18) : sign,
    );
  const isPrivate = (message.flags & EPHEMERAL) !== 0;
  const isMine = message.author.id === store.me;
  const apps = isPrivate ? [] : store.commands.filter(({ type }) => type === MESSAGE_COMMAND);
  const menu = el(
    "div",
    {
      class: "menu message-menu",
      role: "menu",
      popover: "auto",
      "aria-label": "Message actions",
      on: { keydown: moveInMenu },
    },
    ...(isPrivate ? [] : [item("Reply", "reply", () => publish("reply", message))]),
    ...(message.content ? [item("Copy text", "copy", () => copy(message.content))] : []),
    ...(isMine ? [item("Edit message", "edit", () => publish("edit", message))] : []),
    ...(isMine || isPrivate || channel()?.mayManage
      ? [
          item(
            isPrivate ? "Dismiss message" : "Delete message",
            "trash",
            () => call("delete", { message: message.id }),
            "is-danger",
          ),
        ]
      : []),
    ...(apps.length > 0 ? [el("p", { class: "menu-heading", text: "Apps" })] : []),
    ...apps.map((command) => item(label(command), avatar(store.applicationId, 18), () => useApp(message, command))),
  );
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    menu.remove();
    if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
  });
  menu.addEventListener("keydown", ({ key }) => key === "Tab" && close());
  document.body.append(menu);
  menu.showPopover();
  place(menu, article, event);
  menu.querySelector(".menu-item")?.focus();
}

/** At the pointer, or at the button that opened it; never outside the window. */
function place(menu, article, event) {
  const box =
    event.type === "contextmenu" && event.clientX
      ? { left: event.clientX, bottom: event.clientY }
      : (event.currentTarget ?? article).getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(box.left, innerWidth - width - 8);
  const top = Math.min(box.bottom + 4, innerHeight - height - 8);
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${Math.max(8, top)}px`;
}

async function useApp(message, command) {
  const { name } = command;
  announce(`${label(command)}: started`);
  await start("menu", { message: message.id, name }, ({ state }) => {
    if (state === "failed") toast(`${label(command)}: the application did not respond`);
  });
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast("Copied", "good");
}
