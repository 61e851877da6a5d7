import { describe, expect, it } from "vitest";
import { readText, unread } from "../../benchmark/legibility.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { benchmarkPairs, Random, renderScene } from "../../world/index.ts";
import type { SceneText } from "../../world/scene.ts";
import { fontNames } from "../../world/text/fonts.ts";

const pairs = [...benchmarkPairs({ size: 64, task: "text", limit: 40 })].flatMap((pair) =>
  pair.expectedText ? [{ ...pair, text: pair.expectedText }] : [],
);
const rate = (read: (pair: (typeof pairs)[number]) => boolean) => pairs.filter(read).length / pairs.length;

/** A step towards another picture, with noise (standard deviation 12 of 255) on top: what a good model might draw. */
function worn(picture: Picture, other: Picture, share: number): Picture {
  const random = new Random(1);
  const data = picture.data.map((value, i) => {
    const noise = (random.next() + random.next() + random.next() - 1.5) * 24;
    return Math.max(0, Math.min(255, value + ((other.data[i] as number) - value) * share + noise));
  });
  return { ...picture, data };
}

describe("reading a text", () => {
  it("reads more than 97 of 100 exact answers at 64 pixels", () => {
    expect(rate(({ target, text }) => readText(target, text) === text.words)).toBeGreaterThan(0.97);
  });

  it("reads most answers that are a little faint and noisy", () => {
    expect(
      rate((pair) => readText(worn(pair.target, pair.source, 0.2), pair.text) === pair.text.words),
    ).toBeGreaterThan(0.9);
  });

  it("does not read them on the source", () => {
    for (const { source, sourceCaption, text } of pairs) {
      if (!sourceCaption.includes(`"${text.words}"`)) expect(readText(source, text)).not.toBe(text.words);
    }
  });

  it("tells words apart that differ in a letter, in every font", () => {
    for (const font of fontNames) {
      const text: SceneText = { words: "LAKE", font, color: "yellow", place: "middle" };
      const scene = (words: string) => ({ background: "park", variant: 3, objects: [], texts: [{ ...text, words }] });
      expect(readText(renderScene(scene("CAKE"), 64, 64), { ...text, words: "CAKE" })).toBe("CAKE");
      expect(readText(renderScene(scene("LATE"), 64, 64), text)).not.toBe("LAKE");
    }
  });

  it("reads nothing in an even picture", () => {
    const even = { width: 64, height: 64, data: new Uint8Array(64 * 64 * 3).fill(120) };
    const text: SceneText = { words: "OPEN", font: "serif", color: "red", place: "top" };
    expect(readText(even, text)).toBe(unread.repeat(4));
  });
});
