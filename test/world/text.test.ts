import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { colorNames, colors } from "../../world/colors.ts";
import { captionOf, changedPixels, renderScene, samplePair } from "../../world/index.ts";
import { kinds } from "../../world/objects/index.ts";
import type { Scene, SceneText } from "../../world/scene.ts";
import { fontNames, fontOf } from "../../world/text/fonts.ts";
import { isCorner, layoutText, longestIn, textPlaces } from "../../world/text/layout.ts";
import { readOutlines } from "../../world/text/outlines.ts";
import { textMask } from "../../world/text/textMask.ts";
import { heldOutWords, words } from "../../world/text/words.ts";

const folder = join(import.meta.dirname, "..", "..", "world", "fonts");
const empty: Scene = { background: "meadow", variant: 0, objects: [] };
const hello: SceneText = { words: "HELLO", font: "sans", color: "red", place: "top" };
const written = (...texts: SceneText[]): Scene => ({ ...empty, texts });

describe("the fonts", () => {
  it("are small, have their licences beside them, and draw printable ASCII", () => {
    const files = readdirSync(folder);
    expect(files.sort()).toEqual(fontNames.flatMap((name) => [`${name}.LICENSE.txt`, `${name}.ttf`]).sort());
    expect(files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)).toBeLessThan(250_000);
    for (const name of fontNames) {
      expect(readFileSync(join(folder, `${name}.LICENSE.txt`), "utf8"), name).toMatch(
        /Open Font License|Apache License/,
      );
      const { outlines } = fontOf(name);
      for (let code = 0x21; code < 0x7f; code++) {
        const { commands, advance } = outlines.of(String.fromCharCode(code));
        expect(advance).toBeGreaterThan(0);
        expect(commands.length).toBeGreaterThan(10);
        expect(commands.every(Number.isFinite)).toBe(true);
      }
      expect(() => outlines.of("Ω")).toThrow(RangeError);
    }
  });

  it("refuses a file that is not TrueType", () => {
    expect(() => readOutlines(new Uint8Array(64))).toThrow(RangeError);
  });
});

describe("a written text", () => {
  it("lies inside the picture, as tall in every font, and two bands do not touch", () => {
    for (const font of fontNames) {
      for (const place of textPlaces) {
        const long = { ...hello, words: "WWWWWW".slice(0, longestIn(place)), font, place };
        const { cells, capHeight } = layoutText(long, 64, 64);
        expect(capHeight).toBe(isCorner(place) ? 11 : 12.5);
        expect(cells[0]?.left).toBeGreaterThanOrEqual(1);
        const last = cells.at(-1);
        expect((last?.left ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(63);
      }
      const rows = (["top", "middle", "bottom"] as const).map((place) => {
        const { fill } = textMask({ ...hello, words: "JQ87!?", font, place }, 64, 64);
        return Array.from({ length: 64 }, (_, y) => fill.subarray(y * 64, y * 64 + 64).some((each) => each > 0.1));
      });
      for (let y = 0; y < 64; y++) expect(rows.filter((row) => row[y]).length).toBeLessThanOrEqual(1);
    }
  });

  it("is drawn where its mask says, in its colour, and nowhere else", () => {
    const source = renderScene(empty, 64, 64);
    const target = renderScene(written(hello), 64, 64);
    const changed = changedPixels(source, target);
    const { fill, line } = textMask(hello, 64, 64);
    const [r, g, b] = [1, 3, 5].map((i) => Number.parseInt(colors.red.slice(i, i + 2), 16));
    fill.forEach((share, i) => {
      if (changed[i]) expect(share + (line[i] as number)).toBeGreaterThan(0);
      if (share === 1) expect([...target.data.subarray(i * 3, i * 3 + 3)]).toEqual([r, g, b]);
    });
    expect(fill.filter((share) => share > 0.9).length).toBeGreaterThan(100);
  });

  it("scales with the picture, whatever its shape", () => {
    for (const [width, height] of [
      [256, 256],
      [300, 128],
      [96, 200],
    ] as const) {
      const unit = Math.min(width, height) / 64;
      const layout = layoutText({ ...hello, place: "bottom" }, width, height);
      expect(layout.capHeight).toBeCloseTo(12.5 * unit);
      const last = layout.cells.at(-1);
      expect((layout.cells[0]?.left ?? 0) + (last?.left ?? 0) + (last?.width ?? 0)).toBeCloseTo(width);
      expect(() => renderScene(written({ ...hello, plate: "sign" }), width, height)).not.toThrow();
    }
  });

  it("looks different in every font, colour, place and on every plate, and is captioned", () => {
    const texts: SceneText[] = [
      ...fontNames.map((font) => ({ ...hello, font })),
      ...colorNames.filter((color) => color !== hello.color).map((color) => ({ ...hello, color })),
      ...textPlaces.slice(1).map((place) => ({ ...hello, place })),
      { ...hello, plate: "sign" },
      { ...hello, plate: "banner" },
      { ...hello, words: "HELLA" },
    ];
    const drawn = texts.map((text) => Buffer.from(renderScene(written(text), 64, 64).data).toString("base64"));
    expect(new Set(drawn).size).toBe(texts.length);
    expect(new Set(texts.map((text) => captionOf(written(text)))).size).toBe(texts.length);
    expect(captionOf(written(hello))).toContain('"HELLO" written at the top in red plain letters');
  });
});

describe("the words", () => {
  it("fit on one line, are no objects or colours, and keep some for the benchmark", () => {
    const all = [...words, ...heldOutWords];
    expect(words.length).toBeGreaterThanOrEqual(150);
    expect(new Set(all).size).toBe(all.length);
    const things = new Set([...kinds.flatMap(({ name, synonyms }) => [name, ...(synonyms ?? [])]), ...colorNames]);
    for (const word of all) {
      expect(word).toMatch(/^[A-Z]{2,6}$/);
      expect(things).not.toContain(word.toLowerCase());
    }
  });
});

describe("the text task", () => {
  const pairs = Array.from({ length: 400 }, (_, seed) => samplePair(seed, { split: "train", size: 64, task: "text" }));

  it("says in every wording what to write, and the caption says that it is there", () => {
    let adds = 0;
    for (const pair of pairs) {
      const { expectedText } = pair;
      if (!expectedText) continue;
      const { words } = expectedText;
      expect(pair.targetCaption).toContain(`"${words}"`);
      expect(heldOutWords).not.toContain(words);
      if (pair.sourceCaption.includes(`"${words}"`)) continue;
      adds++;
      const spelt = [...words].join("-");
      for (const text of pair.instructions) {
        const upper = text.toUpperCase();
        expect(upper.includes(words) || upper.includes(spelt), text).toBe(true);
      }
    }
    expect(adds).toBeGreaterThan(150);
  });

  it("writes white plain letters at the top where nothing else is asked for", () => {
    const bare = pairs.filter(({ expectedText, instructions, sourceCaption }) => {
      const said = instructions.join(" ").toLowerCase();
      return (
        expectedText &&
        !sourceCaption.includes("written") &&
        !/\b(in|using|with a|on a|at|along|near|across|up|top|bottom) /.test(
          said.replace(/ on (it|the (picture|image))/g, " "),
        )
      );
    });
    expect(bare.length).toBeGreaterThan(3);
    for (const { expectedText } of bare) {
      expect(expectedText).toMatchObject({ font: "sans", color: "white", place: "top" });
      expect(expectedText?.plate).toBeUndefined();
    }
  });

  it("has all five kinds of edits", () => {
    const kindOf = ({ expectedText: text, sourceCaption }: (typeof pairs)[number]) =>
      !text
        ? "remove"
        : sourceCaption.includes(`"${text.words}"`)
          ? "look"
          : sourceCaption.includes('"')
            ? "replace"
            : "add";
    const counts = Map.groupBy(pairs, kindOf);
    for (const kind of ["add", "replace", "look", "remove"] as const)
      expect(counts.get(kind)?.length, kind).toBeGreaterThan(25);
  });
});
