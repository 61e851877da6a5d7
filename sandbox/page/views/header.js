import { el, icon, iconButton } from "../lib/dom.js";
import { bot, channel, store, subscribe } from "../lib/store.js";
import { appBadge, avatar } from "./avatar.js";
import { toggleSidebar } from "./sidebar.js";

/** The bar above the messages: which channel this is, and how the bot is doing. */
export function header() {
  const title = el("div", { class: "channel-title" });
  const status = el("div", { class: "bot-status", role: "status" });
  const element = el(
    "header",
    { class: "channel-header" },
    iconButton("menu", "Channels", toggleSidebar, "phone-only"),
    title,
    status,
  );
  const render = () => {
    const open = channel();
    if (!open) return;
    title.replaceChildren(
      ...(open.direct
        ? [
            avatar(open.withUser, 24),
            el("h2", { text: open.name }),
            open.withUser === store.applicationId ? appBadge() : "",
          ]
        : [icon(open.isPrivate ? "lock" : "hash", 22), el("h2", { text: open.name })]),
      ...(open.topic ? [el("span", { class: "topic", text: open.topic })] : []),
    );
    document.title = `${open.direct ? "@" : "#"}${open.name} · emend local chat`;
  };
  const renderStatus = () => {
    const { name } = bot();
    const [kind, words] = !store.serverConnected
      ? ["offline", "No connection to the server — trying again…"]
      : store.botConnected
        ? ["online", `${name} is online`]
        : [
            "starting",
            store.botWasConnected ? `${name} is away — it will be back in a moment…` : `${name} is starting…`,
          ];
    status.className = `bot-status ${kind}`;
    status.replaceChildren(
      el("span", { class: "dot", "aria-hidden": "true" }),
      el("span", { class: "words", text: words }),
    );
  };
  for (const topic of ["state", "channel"]) subscribe(topic, render);
  for (const topic of ["state", "bot", "server"]) subscribe(topic, renderStatus);
  return element;
}

/** A strip above the composer while nobody can answer, so that a first visitor knows why. */
export function absence() {
  const words = el("span");
  const element = el(
    "div",
    { class: "absence", hidden: true },
    el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
    words,
  );
  const render = () => {
    const { name } = bot();
    element.hidden = store.botConnected && store.serverConnected;
    words.textContent = !store.serverConnected
      ? "The server does not answer. This page comes back by itself."
      : store.botWasConnected
        ? `${name} went away for a moment. You can keep writing.`
        : `${name} is starting… its commands appear here as soon as it is ready.`;
  };
  for (const topic of ["state", "bot", "server"]) subscribe(topic, render);
  return element;
}
