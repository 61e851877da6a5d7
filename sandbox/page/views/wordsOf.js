import { plainText } from "../lib/markdown.js";

/** More is not listened to. Characters. */
const LONGEST = 300;

/** A message in one line of plain text, also one that is made of components; empty when it has no words. @param {any} message */
export function wordsOf({ content, embeds, components }) {
  const inside = (parts) => parts.flatMap((part) => [part.content ?? "", ...inside(part.components ?? [])]);
  const first = [content, ...inside(components), ...embeds.map(({ title, description }) => title ?? description ?? "")];
  const words = plainText(first.find((text) => text) ?? "");
  return words.length > LONGEST ? `${words.slice(0, LONGEST).toWellFormed()}…` : words;
}
