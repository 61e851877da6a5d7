import fc from "fast-check";
import { expect, it } from "vitest";
import { directionOf } from "../../src/pictures/directionOf.ts";
import { wrapText } from "../../src/pictures/wrapText.ts";

/** As if every character were one pixel wide. */
const wrap = (text: string, width: number, lines: number) => wrapText(text, width, lines, (line) => [...line].length);

it("breaks between words, and tells that there is more", () => {
  expect(wrap("make the boat red", 30, 2)).toEqual(["make the boat red"]);
  expect(wrap("make the boat red", 10, 2)).toEqual(["make the", "boat red"]);
  expect(wrap("make the boat red and big", 10, 2)).toEqual(["make the", "boat red…"]);
  expect(wrap("abcdefghijkl", 5, 2)).toEqual(["abcde", "fghi…"]);
  expect(wrap("", 5, 2)).toEqual([""]);
});

it("never makes a line that is too wide, or too many of them", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
      const lines = wrap(text, 12, 2);
      expect(lines.length).toBeLessThanOrEqual(2);
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(12);
    }),
  );
});

it("knows the direction of the first letter", () => {
  expect([directionOf("12 שלום abc"), directionOf("abc שלום"), directionOf("…")]).toEqual(["rtl", "ltr", "ltr"]);
});
