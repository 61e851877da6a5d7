import { el, icon, iconButton } from "../lib/dom.js";
import { bot, me, publish, store, subscribe } from "../lib/store.js";
import { appBadge, avatar } from "./avatar.js";
import { themeButton } from "./themeButton.js";

/** The left side: channels, direct messages, and who you are. @param {{openChannel: (id: string) => void, become: (id: string) => void, speak: (locale: string) => void}} actions */
export function sidebar({ openChannel, become, speak }) {
  const list = el("nav", { class: "channel-list", "aria-label": "Channels" });
  const panel = el("div", { class: "user-panel" });
  const name = el("h1", { class: "guild-name" });
  const themes = themeButton();
  const element = el(
    "div",
    { class: "sidebar", id: "sidebar" },
    el(
      "header",
      { class: "guild-header" },
      name,
      iconButton("close", "Close the channel list", closeSidebar, "phone-only"),
    ),
    list,
    panel,
  );

  const render = () => {
    name.textContent = store.guild?.name ?? "Messages";
    const open = (id) => {
      openChannel(id);
      closeSidebar();
    };
    const rooms = store.channels.filter(({ direct }) => !direct);
    const direct = store.channels.filter((item) => item.direct);
    list.replaceChildren(
      ...(rooms.length > 0 ? [el("h2", { class: "list-heading", text: "Channels" }), channelItems(rooms, open)] : []),
      el("h2", { class: "list-heading", text: "Direct messages" }),
      channelItems(direct, open),
    );
    panel.replaceChildren(...userPanel(become, speak), themes);
  };
  for (const topic of ["state", "channel", "unread", "bot"]) subscribe(topic, render);
  return element;
}

export function closeSidebar() {
  document.body.classList.remove("sidebar-open");
}

function channelItems(channels, open) {
  return el("ul", {}, ...channels.map((item) => el("li", {}, channelButton(item, open))));
}

function channelButton(item, open) {
  const isOpen = item.id === store.channelId;
  const isUnread = store.unread.has(item.id);
  const sign = item.isPrivate ? "lock" : item.ageRestricted ? "warning" : "hash";
  const notes = [item.isPrivate && "private", item.ageRestricted && "age-restricted", isUnread && "unread"].filter(
    Boolean,
  );
  return el(
    "button",
    {
      type: "button",
      class: `channel ${isOpen ? "is-open" : ""} ${isUnread ? "is-unread" : ""}`,
      "aria-current": isOpen ? "page" : undefined,
      "aria-label": [item.name, ...notes].join(", "),
      on: { click: () => open(item.id) },
    },
    item.direct ? avatar(item.withUser, 24) : icon(sign),
    el("span", { class: "channel-name", text: item.name }),
    item.withUser === store.applicationId && appBadge(),
    isUnread && el("span", { class: "unread-dot", "aria-hidden": "true" }),
  );
}

/** Who you are in this tab, and a menu to be somebody else. */
function userPanel(become, speak) {
  const self = me();
  if (!self) return [];
  const people = [...store.people.values()].filter((candidate) => !candidate.bot);
  const choose = (id) => {
    menu.hidePopover();
    if (id !== store.me) become(id);
  };
  const items = people.map((candidate) =>
    el(
      "button",
      {
        type: "button",
        class: "menu-item",
        role: "menuitemradio",
        "aria-checked": String(candidate.id === self.id),
        on: { click: () => choose(candidate.id) },
      },
      avatar(candidate.id, 28),
      el("span", { class: "grow" }, candidate.name, el("small", { text: roleOf(candidate) })),
      candidate.id === self.id && el("span", { class: "check", "aria-hidden": "true", text: "✓" }),
    ),
  );
  const languages = store.locales.map(({ code, name }) =>
    el(
      "button",
      {
        type: "button",
        class: "menu-item",
        role: "menuitemradio",
        lang: code,
        "aria-checked": String(code === store.locale),
        on: {
          click: () => {
            menu.hidePopover();
            if (code !== store.locale) speak(code);
          },
        },
      },
      el("span", { class: "grow", text: name }),
      code === store.locale && el("span", { class: "check", "aria-hidden": "true", text: "✓" }),
    ),
  );
  const group = (title, entries) =>
    el(
      "div",
      { role: "group", "aria-label": title },
      el("p", { class: "menu-heading", "aria-hidden": "true", text: title }),
      ...entries,
    );
  const menu = el(
    "div",
    {
      popover: "auto",
      id: "people-menu",
      class: "menu people-menu",
      role: "menu",
      "aria-label": "You",
      on: { keydown: moveInMenu },
    },
    group("Act as", items),
    group(`${self.name}’s Discord speaks`, languages),
  );
  menu.addEventListener(
    "toggle",
    (event) => event.newState === "open" && items.find((item) => item.getAttribute("aria-checked") === "true")?.focus(),
  );
  const button = el(
    "button",
    {
      type: "button",
      class: "user-button",
      popovertarget: "people-menu",
      "aria-haspopup": "menu",
      "aria-label": `You are ${self.name}. Act as somebody else, or choose a language`,
    },
    avatar(self.id, 32),
    el(
      "span",
      { class: "grow" },
      el("strong", { text: self.name }),
      el("small", { text: [roleOf(self), languageOf()].filter(Boolean).join(" · ") }),
    ),
    icon("swap", 18),
  );
  return [button, menu];
}

/** Only where it is not what everybody begins with. */
const languageOf = () => store.locale !== "en-US" && store.locale.toUpperCase();

const roleOf = ({ id, manages }) => (id === store.guild?.ownerId ? "Owner" : manages ? "Moderator" : "Member");

/** Arrow keys, Home and End in a menu of buttons. @param {KeyboardEvent} event */
export function moveInMenu(event) {
  const items = [...event.currentTarget.querySelectorAll(".menu-item:not(:disabled)")];
  const index = items.indexOf(document.activeElement);
  const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: -1 }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  items.at(target >= items.length ? 0 : target)?.focus();
}

/** The right side on wide screens: who is here. */
export function memberList() {
  const element = el("aside", { class: "member-list", "aria-label": "Members" });
  const render = () => {
    const people = [...store.people.values()].filter((candidate) => candidate.member && !candidate.bot);
    const robot = bot();
    const entry = (candidate, online) =>
      el(
        "li",
        { class: `member ${online ? "" : "is-offline"}` },
        el(
          "span",
          { class: "presence" },
          avatar(candidate.id, 32),
          el("span", { class: `presence-dot ${online ? "online" : ""}` }),
        ),
        el("span", { class: "channel-name", text: candidate.name }),
        candidate.id === store.guild?.ownerId && el("span", { class: "crown", title: "Owner" }, icon("crown", 16)),
        candidate.bot && appBadge(),
      );
    element.replaceChildren(
      el("h2", { class: "list-heading", text: `Online — ${people.length + (store.botConnected ? 1 : 0)}` }),
      el("ul", {}, store.botConnected && entry(robot, true), ...people.map((candidate) => entry(candidate, true))),
      ...(store.botConnected
        ? []
        : [el("h2", { class: "list-heading", text: "Offline — 1" }), el("ul", {}, entry(robot, false))]),
    );
  };
  subscribe("state", render);
  subscribe("bot", render);
  return element;
}

export const toggleSidebar = () => {
  document.body.classList.toggle("sidebar-open");
  publish("sidebar");
};
