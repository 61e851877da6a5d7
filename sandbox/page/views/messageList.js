import { announce, el, icon } from "../lib/dom.js";
import { scrollBehavior } from "../lib/motion.js";
import { bot, channel, channelLabel, person, publish, store, subscribe } from "../lib/store.js";
import { formatTime } from "../lib/time.js";
import { avatar } from "./avatar.js";
import { messageView } from "./message.js";
import { walkMessages } from "./walkMessages.js";
import { welcomeCard } from "./welcome.js";
import { wordsOf } from "./wordsOf.js";

/** Messages of one author within this time stand together. */
const TOGETHER = 7 * 60_000;

/** The messages of the open channel. Follows the newest one unless the reader has scrolled up. */
export function messageList() {
  const log = el("div", { class: "log-inner", role: "log", "aria-live": "off" });
  const typing = el("p", { class: "typing", "aria-live": "polite" });
  const newest = el(
    "button",
    { type: "button", class: "to-newest", hidden: true, on: { click: () => toEnd(true) } },
    "Newer messages",
    icon("up", 16),
  );
  const scroller = el(
    "div",
    { class: "log", tabindex: 0, role: "group", "aria-label": "Messages: arrow keys go from one to the next" },
    log,
  );
  walkMessages(scroller, {
    reply: (id) => withMessage(id, (message) => (message.flags & 64) === 0 && publish("reply", message)),
    leave: () => document.getElementById("composer")?.focus(),
  });
  const element = el("div", { class: "log-frame" }, scroller, newest, typing);

  let isAtEnd = true;
  const toEnd = (smooth = false) =>
    scroller.scrollTo({ top: scroller.scrollHeight, behavior: smooth ? scrollBehavior() : "instant" });
  let lastTop = 0;
  scroller.addEventListener("scroll", () => {
    const isNear = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
    // Only moving up leaves the end: a picture that loads makes the end move away by itself.
    if (isNear) isAtEnd = true;
    else if (scroller.scrollTop < lastTop) isAtEnd = false;
    lastTop = scroller.scrollTop;
    if (isAtEnd) newest.hidden = true;
  });
  new ResizeObserver(() => isAtEnd && toEnd()).observe(log);
  new ResizeObserver(() => isAtEnd && toEnd()).observe(scroller);

  const isCompact = (index) => {
    const [before, message] = [store.messages[index - 1], store.messages[index]];
    if (!before || message.used || message.message_reference || before.author.id !== message.author.id) return false;
    if ((before.flags & 64) !== (message.flags & 64)) return false;
    const gap = new Date(message.timestamp).getTime() - new Date(before.timestamp).getTime();
    return gap < TOGETHER && !newDay(index);
  };
  const newDay = (index) => {
    const day = (message) => new Date(message.timestamp).toDateString();
    return index === 0 || day(store.messages[index - 1]) !== day(store.messages[index]);
  };
  const nodesFor = (index) => {
    const message = store.messages[index];
    const day =
      newDay(index) &&
      el("div", { class: "day-line", role: "separator", text: formatTime(new Date(message.timestamp), "D") });
    return [day, messageView(message, { compact: isCompact(index) })].filter(Boolean);
  };

  const renderAll = () => {
    const open = channel();
    log.setAttribute("aria-label", `Messages in ${channelLabel(open)}`);
    log.replaceChildren(
      ...(open ? [intro(open), welcomeCard()] : []).filter(Boolean),
      ...store.messages.flatMap((_, index) => nodesFor(index)),
    );
    isAtEnd = true;
    newest.hidden = true;
    typing.replaceChildren();
    toEnd();
  };
  subscribe("channel", renderAll);
  subscribe("messages", renderAll);
  subscribe("welcome", renderAll);
  subscribe("message", ({ message, isNew, hasWords }) => {
    const index = store.messages.findIndex(({ id }) => id === message.id);
    const old = document.getElementById(`message-${message.id}`);
    const focused = old?.contains(document.activeElement) ? document.activeElement : undefined;
    const view = messageView(message, { compact: isCompact(index) });
    if (old) old.replaceWith(view);
    else log.append(...nodesFor(index));
    if (focused) refocus(view, focused);
    if (message.author.id === store.applicationId) stopTyping();
    if (hasWords || !old) tell(message);
    // A private answer is one to what this person has just done, wherever they stand.
    if (isNew && (message.flags & 64) !== 0) isAtEnd = true;
    if (isAtEnd) toEnd();
    else if (isNew) newest.hidden = false;
  });
  subscribe("deleted", (id) => {
    const old = document.getElementById(`message-${id}`);
    const day =
      old?.previousElementSibling?.matches(".day-line") && old.nextElementSibling === null
        ? old.previousElementSibling
        : undefined;
    old?.remove();
    day?.remove();
    for (const [index, message] of store.messages.entries()) {
      const next = document.getElementById(`message-${message.id}`);
      const isReply = message.message_reference?.message_id === id;
      if (next && (isReply || next.classList.contains("is-compact") !== isCompact(index))) {
        next.replaceWith(messageView(message, { compact: isCompact(index) }));
      }
    }
  });
  subscribe("show", (id) => {
    const target = document.getElementById(`message-${id}`);
    target?.scrollIntoView({ block: "center", behavior: scrollBehavior() });
    target?.focus({ preventScroll: true });
    target?.classList.add("is-flashed");
    setTimeout(() => target?.classList.remove("is-flashed"), 1500);
  });
  subscribe("local", (node) => {
    log.append(node);
    toEnd();
  });

  let typingTimer;
  const stopTyping = () => {
    clearTimeout(typingTimer);
    typing.replaceChildren();
  };
  subscribe("typing", ({ userId }) => {
    clearTimeout(typingTimer);
    typing.replaceChildren(
      el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
      el("strong", { text: person(userId).name }),
      " is typing…",
    );
    typingTimer = setTimeout(stopTyping, 10_000);
  });
  return element;
}

/** To the button or menu that was used, or the message when that can no longer be used. */
function refocus(view, old) {
  view.focus({ preventScroll: true });
  const { customId } = old.dataset;
  if (customId) view.querySelector(`[data-custom-id="${CSS.escape(customId)}"]`)?.focus({ preventScroll: true });
}

function tell(message) {
  if (message.author.id === store.me) return;
  const words = (message.flags & 128 ? "is thinking" : wordsOf(message)) || "sent something";
  announce(`${person(message.author.id).name}: ${words}`);
}

function withMessage(id, act) {
  const message = store.messages.find((each) => each.id === id);
  if (message) act(message);
}

/** What stands at the very top of a channel. */
function intro(open) {
  const { name } = bot();
  const words = open.direct
    ? `This is the beginning of your direct messages with ${open.name}.`
    : `This is the start of #${open.name}. ${open.topic ?? ""}`;
  return el(
    "header",
    { class: "channel-intro" },
    open.direct
      ? avatar(open.withUser, 64)
      : el("span", { class: "intro-sign" }, icon(open.isPrivate ? "lock" : "hash", 40)),
    el("h3", { text: open.direct ? open.name : `Welcome to #${open.name}` }),
    el("p", { text: words }),
    !open.botCanSee &&
      !open.direct &&
      el("p", {
        class: "subtext",
        text: `${name} cannot see this channel. Commands work here, but it cannot post results.`,
      }),
  );
}
