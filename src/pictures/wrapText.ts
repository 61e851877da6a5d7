import { isDrawable } from "./font.ts";

const words = new Intl.Segmenter(undefined, { granularity: "word" });
const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

const charactersOf = (text: string) => Array.from(characters.segment(text), ({ segment }) => segment);

/**
 * A text on at most so many lines, broken between words where the language has them (Chinese and Japanese without
 * blanks, too), with "…" for what does not fit and for what no font here can draw.
 * @param widthOf of a line in pixels
 */
export function wrapText(text: string, width: number, lines: number, widthOf: (line: string) => number): string[] {
  const drawable = charactersOf(text)
    .map((character) => (isDrawable(character) ? character : "…"))
    .join("")
    .replace(/…+/g, "…");
  const found: string[] = [""];
  for (const { segment } of words.segment(drawable.trim())) {
    const line = found.at(-1) ?? "";
    if (widthOf((line + segment).trimEnd()) <= width) found[found.length - 1] = line + segment;
    else if (line !== "" && widthOf(segment) <= width) found.push(segment.trimStart());
    else {
      // A word that is wider than a line is broken anywhere.
      for (const character of charactersOf(segment)) {
        const last = found.at(-1) ?? "";
        if (last === "" || widthOf(last + character) <= width) found[found.length - 1] = last + character;
        else found.push(character);
      }
    }
    if (found.length > lines) break;
  }
  const kept = found.slice(0, lines).map((line) => line.trimEnd());
  if (found.length > lines) {
    const rest = charactersOf(kept[lines - 1] ?? "");
    while (rest.length > 0 && widthOf(`${rest.join("")}…`) > width) rest.pop();
    kept[lines - 1] = `${rest.join("").trimEnd().replace(/…$/, "")}…`;
  }
  return kept;
}
