import { call } from "../lib/api.js";
import { cssColor, el, icon, iconButton } from "../lib/dom.js";
import { commandLabel } from "../lib/localise.js";
import { markdown } from "../lib/markdown.js";
import { person, publish, store } from "../lib/store.js";
import { formatTime, messageTime } from "../lib/time.js";
import { appBadge, avatar } from "./avatar.js";
import { componentView } from "./components.js";
import { embedCard } from "./embed.js";
import { attachments } from "./media.js";
import { openMessageMenu } from "./messageMenu.js";
import { quoteOf, wordsOf } from "./wordsOf.js";

const EPHEMERAL = 64;
const LOADING = 128;

/** One message. `compact` leaves out what the message above says already. @param {any} message */
export function messageView(message, { compact = false } = {}) {
  const isPrivate = (message.flags & EPHEMERAL) !== 0;
  const isLoading = (message.flags & LOADING) !== 0;
  const mentionsMe = message.mentions.some(({ id }) => id === store.me) && message.author.id !== store.me;
  const { name, bot, color } = person(message.author.id);
  const time = new Date(message.timestamp);
  const openMenu = (event) => {
    event.preventDefault();
    openMessageMenu(message, element, event);
  };
  const stamp = (text) =>
    el("time", { class: "stamp", datetime: message.timestamp, title: formatTime(time, "F"), text });
  const head = el(
    "header",
    { class: "message-head" },
    author(name, bot ? undefined : cssColor(color)),
    bot && appBadge(),
    stamp(messageTime(time)),
  );
  const element = el(
    "article",
    {
      id: `message-${message.id}`,
      class: ["message", compact && "is-compact", isPrivate && "is-private", mentionsMe && "mentions-me"]
        .filter(Boolean)
        .join(" "),
      "aria-label": labelOf(message, name, messageTime(time)),
      tabindex: -1,
      on: { contextmenu: openMenu },
    },
    contextLine(message),
    el("div", { class: "gutter" }, compact ? stamp(formatTime(time, "t")) : avatar(message.author.id, 40)),
    el(
      "div",
      { class: "body" },
      !compact && head,
      ...(isLoading ? [thinking(name)] : body(message)),
      footer(message, isPrivate),
    ),
    !isLoading && toolbar(message, isPrivate, openMenu),
  );
  return element;
}

function body(message) {
  const snapshot = message.message_snapshots?.[0]?.message;
  return [
    ...(snapshot
      ? [
          el(
            "div",
            { class: "forwarded" },
            el("p", { class: "subtext", text: "Forwarded" }),
            ...parts({ ...message, ...snapshot }),
          ),
        ]
      : []),
    ...parts(message),
  ];
}

function parts(message) {
  const edited =
    message.edited_timestamp &&
    el("span", { class: "edited", text: "(edited)", title: formatTime(new Date(message.edited_timestamp), "F") });
  const text = message.content ? [el("div", { class: "content" }, ...markdown(message.content))] : [];
  const shown = [
    ...text,
    ...attachments(message.attachments),
    ...message.embeds.map(embedCard),
    ...message.components.map((component) => componentView(component, message)),
  ];
  if (edited) (text[0]?.lastElementChild?.matches("p") ? text[0].lastElementChild : shownAppend(shown)).append(edited);
  return shown;
}

/** Where "(edited)" goes when there is no paragraph to put it after. */
function shownAppend(shown) {
  const line = el("div", { class: "edited-line" });
  shown.push(line);
  return line;
}

/** The style sheet makes the colour dark enough for the light theme. */
function author(name, color) {
  const element = el("span", { class: `author ${color ? "has-color" : ""}`, text: name });
  if (color) element.style.setProperty("--color", color);
  return element;
}

/** What is read out when the message gets the focus; its parts follow with Tab. */
function labelOf(message, name, time) {
  const isPrivate = (message.flags & EPHEMERAL) !== 0;
  const words = (message.flags & LOADING) !== 0 ? "is thinking" : wordsOf(message);
  return [name, isPrivate && "only for you", words || (hasPicture(message) ? "a picture" : ""), time]
    .filter(Boolean)
    .join(", ");
}

const thinking = (name) =>
  el(
    "p",
    { class: "thinking" },
    el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
    `${name} is thinking…`,
  );

/** "Mina used /edit", or the message that this one replies to. */
function contextLine(message) {
  if (message.used) {
    const { userId, name, slash } = message.used;
    return el(
      "div",
      { class: "context-line" },
      avatar(userId, 16),
      el("strong", { text: person(userId).name }),
      " used ",
      el("span", { class: "command-name" }, slash ? `/${commandLabel(name)}` : commandLabel(name)),
    );
  }
  if (!message.message_reference || message.message_snapshots) return undefined;
  const parent =
    message.referenced_message ?? store.messages.find(({ id }) => id === message.message_reference.message_id);
  if (!parent) return el("div", { class: "context-line", text: "Original message was deleted" });
  const words = quoteOf(parent) || (hasPicture(parent) ? "a picture" : "a message");
  const jump = () => publish("jump", { channelId: message.channel_id, messageId: parent.id });
  return el(
    "button",
    {
      type: "button",
      class: "context-line",
      "aria-label": `Reply to ${person(parent.author.id).name}: ${words}`,
      on: { click: jump },
    },
    avatar(parent.author.id, 16),
    el("strong", { text: person(parent.author.id).name }),
    el("span", { class: "quoted", text: words }),
    hasPicture(parent) && icon("image", 16),
  );
}

const hasPicture = (message) =>
  message.attachments.length > 0 ||
  message.components.some(({ type }) => type === 12 || type === 17) ||
  message.embeds.length > 0;

function footer(message, isPrivate) {
  const dismiss = () => call("delete", { message: message.id });
  return el(
    "div",
    { class: "message-foot" },
    reactions(message),
    el("p", { class: "interaction-note", role: "status" }),
    isPrivate &&
      el(
        "p",
        { class: "private-note" },
        icon("eye", 16),
        "Only you can see this · ",
        el("button", { type: "button", class: "text-button", text: "Dismiss message", on: { click: dismiss } }),
      ),
  );
}

function reactions({ reactions: list = [] }) {
  if (list.length === 0) return undefined;
  return el(
    "div",
    { class: "reactions" },
    ...list.map(({ emoji, count }) => el("span", { class: "reaction", text: `${emoji.name} ${count}` })),
  );
}

function toolbar(message, isPrivate, openMenu) {
  return el(
    "div",
    { class: "toolbar" },
    !isPrivate && iconButton("reply", "Reply", () => publish("reply", message)),
    iconButton("more", "More: apps and actions", openMenu),
  );
}
