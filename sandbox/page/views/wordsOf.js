import { plainText } from "../lib/markdown.js";

/** More is not listened to. Characters. */
const LONGEST = 300;

/** A message in one line of plain text, also one that is made of components; empty when it has no words. @param {any} message */
export function wordsOf(message) {
  const words = plainText(textOf(message));
  return words.length > LONGEST ? `${words.slice(0, LONGEST).toWellFormed()}…` : words;
}

/** The line that stands above a reply: of a message made of components, its heading alone. @param {any} message */
export const quoteOf = (message) => plainText(message.content || (textOf(message).split("\n")[0] ?? ""));

function textOf({ content, embeds, components }) {
  const inside = (parts) => parts.flatMap((part) => [part.content ?? "", ...inside(part.components ?? [])]);
  const texts = [content, ...inside(components), ...embeds.map(({ title, description }) => title ?? description ?? "")];
  return texts.find((text) => text) ?? "";
}
