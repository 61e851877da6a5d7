import { el } from "./dom.js";
import { channelLabel, person, publish, store } from "./store.js";
import { formatTime } from "./time.js";

/** Discord's markdown as elements. Text never becomes HTML. */

/** @param {string} text @returns {Node[]} */
export function markdown(text) {
  return text
    .split(/(```(?:[a-z0-9+-]*\n)?[\s\S]*?```)/i)
    .flatMap((part, index) => (index % 2 ? [codeBlock(part)] : blocks(part)));
}

function codeBlock(part) {
  const [, language, code] = /^```(?:([a-z0-9+-]*)\n)?([\s\S]*?)```$/i.exec(part);
  return el(
    "pre",
    { tabindex: 0 },
    el("code", { dataset: language ? { language } : {}, text: code.replace(/\n$/, "") }),
  );
}

const LINE = [
  [
    /^(#{1,3}) +(.+)/,
    ([, marks, rest]) => el(`h${marks.length + 2}`, { class: `heading-${marks.length}` }, ...inline(rest)),
  ],
  [/^-# +(.+)/, ([, rest]) => el("p", { class: "subtext" }, ...inline(rest))],
];

function blocks(text) {
  const nodes = [];
  const lines = text.replace(/^\n|\n$/g, "").split("\n");
  if (lines.length === 1 && lines[0] === "") return nodes;
  let paragraph = [];
  const flush = () => {
    if (paragraph.length > 0) nodes.push(el("p", {}, ...inline(paragraph.join("\n"))));
    paragraph = [];
  };
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (/^>>> /.test(line)) {
      flush();
      nodes.push(el("blockquote", {}, ...blocks([line.slice(4), ...lines.slice(index + 1)].join("\n"))));
      break;
    }
    const group =
      takeWhile(lines, index, /^> /) ?? takeWhile(lines, index, /^ *[-*] +/) ?? takeWhile(lines, index, /^ *\d+\. +/);
    if (group) {
      flush();
      nodes.push(groupElement(line, group));
      index += group.length - 1;
      continue;
    }
    const special = LINE.find(([pattern]) => pattern.test(line));
    if (special) {
      flush();
      nodes.push(special[1](special[0].exec(line)));
    } else paragraph.push(line);
  }
  flush();
  return nodes;
}

function takeWhile(lines, start, pattern) {
  let end = start;
  while (end < lines.length && pattern.test(lines[end])) end++;
  return end === start ? undefined : lines.slice(start, end).map((line) => line.replace(pattern, ""));
}

function groupElement(first, group) {
  if (/^> /.test(first)) return el("blockquote", {}, ...blocks(group.join("\n")));
  const tag = /^ *\d/.test(first) ? "ol" : "ul";
  return el(
    tag,
    tag === "ol" ? { start: Number.parseInt(first, 10) } : {},
    ...group.map((line) => el("li", {}, ...inline(line))),
  );
}

const INLINE = new RegExp(
  [
    String.raw`\\(?<escaped>[\\*_~|\x60>#<\[\]()-])`,
    String.raw`(?<ticks>\x60+)(?<code>[\s\S]*?[^\x60])\k<ticks>(?!\x60)`,
    String.raw`\*\*(?<strong>[\s\S]+?)\*\*(?!\*)`,
    String.raw`__(?<underline>[\s\S]+?)__(?!_)`,
    String.raw`~~(?<strike>[\s\S]+?)~~`,
    String.raw`\|\|(?<spoiler>[\s\S]+?)\|\|`,
    String.raw`\*(?<star>[^\s*](?:[\s\S]*?[^\s*])?)\*(?!\*)`,
    String.raw`(?<![\p{L}\p{N}])_(?<line>[^\s_](?:[\s\S]*?[^\s_])?)_(?![\p{L}\p{N}])`,
    String.raw`<t:(?<time>-?\d{1,13})(?::(?<style>[tTdDfFR]))?>`,
    String.raw`<@!?(?<user>\d+)>`,
    String.raw`<@&(?<role>\d+)>`,
    String.raw`<#(?<channel>\d+)>`,
    String.raw`<\/(?<command>[^:>\n]+):\d+>`,
    String.raw`<a?:(?<emoji>\w+):\d+>`,
    String.raw`\[(?<label>[^\]\n]+)\]\(<?(?<target>https?:\/\/[^\s)>]+)>?\)`,
    String.raw`<(?<quiet>https?:\/\/[^\s>]+)>`,
    String.raw`(?<url>https?:\/\/[^\s<]*[^\s<.,:;"'\])!?])`,
  ].join("|"),
  "u",
);

/** @param {string} text @returns {Node[]} */
export function inline(text) {
  const nodes = [];
  let rest = text;
  while (rest !== "") {
    const match = INLINE.exec(rest);
    if (!match) {
      nodes.push(document.createTextNode(rest));
      break;
    }
    if (match.index > 0) nodes.push(document.createTextNode(rest.slice(0, match.index)));
    nodes.push(inlineElement(match.groups, match[0]));
    rest = rest.slice(match.index + match[0].length);
  }
  return nodes;
}

function inlineElement(found, whole) {
  if (found.escaped) return document.createTextNode(found.escaped);
  if (found.code) return el("code", { text: found.code.trim() || found.code });
  if (found.strong) return el("strong", {}, ...inline(found.strong));
  if (found.underline) return el("u", {}, ...inline(found.underline));
  if (found.strike) return el("s", {}, ...inline(found.strike));
  if (found.spoiler) return spoiler(found.spoiler);
  if (found.star ?? found.line) return el("em", {}, ...inline(found.star ?? found.line));
  if (found.time) return timestamp(Number(found.time), found.style);
  if (found.user) return mention(`@${person(found.user).name}`);
  if (found.role) return mention(`@${store.roles.find(({ id }) => id === found.role)?.name ?? "role"}`);
  if (found.channel) return mention(`#${store.channels.find(({ id }) => id === found.channel)?.name ?? "channel"}`);
  if (found.command) return mention(`/${found.command}`);
  if (found.emoji) return document.createTextNode(`:${found.emoji}:`);
  if (found.target) return link(found.target, inline(found.label));
  const address = found.quiet ?? found.url;
  if (!address) return document.createTextNode(whole);
  return messageLink(address) ?? link(address, [document.createTextNode(address)]);
}

const mention = (text) => el("span", { class: "mention", text });

/** A link to a message of this server shows where it leads, and leads there. */
function messageLink(address) {
  const [, channelId, messageId] = /^https:\/\/discord\.com\/channels\/(?:\d+|@me)\/(\d+)\/(\d+)$/.exec(address) ?? [];
  const target = store.channels.find(({ id }) => id === channelId);
  if (!target) return undefined;
  const jump = () => publish("jump", { channelId, messageId });
  const text = `${channelLabel(target)} › message`;
  return el("button", { type: "button", class: "mention", "aria-label": `Go to ${text}`, text, on: { click: jump } });
}

/** @param {string} href @param {Node[]} children */
function link(href, children) {
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function timestamp(seconds, style) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return document.createTextNode("Invalid date");
  const properties = { datetime: date.toISOString(), title: formatTime(date, "F"), class: "timestamp" };
  const dataset = style === "R" ? { relative: "" } : {};
  return el("time", { ...properties, dataset, text: formatTime(date, style) });
}

function spoiler(text) {
  const shown = el("span", { class: "spoiler-text" }, ...inline(text));
  const reveal = () => {
    button.replaceWith(shown);
  };
  const button = el("button", {
    type: "button",
    class: "spoiler-cover",
    "aria-label": "Show hidden text",
    on: { click: reveal },
  });
  button.append(shown.cloneNode(true));
  return button;
}

/** One line without markup, for quotes of replied messages. @param {string} text */
export function plainText(text) {
  const box = el("div", {}, ...markdown(text));
  for (const cover of box.querySelectorAll(".spoiler-cover")) cover.textContent = "▇▇▇";
  for (const block of box.querySelectorAll("p, h3, h4, h5, li, blockquote, pre")) block.append(" ");
  return box.textContent.replace(/\s+/g, " ").trim();
}
