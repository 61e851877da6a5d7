import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { BLINK_MS, blinkingGif } from "../../src/pictures/blinkingGif.ts";
import { CAPTION } from "../../src/pictures/captioned.ts";
import { compareSideBySide } from "../../src/pictures/compareSideBySide.ts";
import { readCompared } from "../../src/pictures/readCompared.ts";
import { sliderImage } from "../../src/pictures/sliderImage.ts";

const words = { before: "Vorher", after: "Nachher" };
const RED = [220, 20, 20];
const BLUE = [20, 20, 220];

const plain = ([r = 0, g = 0, b = 0]: number[], width = 400, height = 300) =>
  sharp({ create: { width, height, channels: 3, background: { r, g, b } } });

const redAndBlue = async (width?: number, height?: number) =>
  readCompared(
    await plain(RED, width, height).webp().toBuffer(), // as the worker keeps sources to look at
    await plain(BLUE, width, height).png().toBuffer(),
    words,
  );

async function read(bytes: Uint8Array, page = 0) {
  const { data, info } = await sharp(bytes, { page }).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
  return { ...info, at };
}

/** WebP and GIF are lossy. */
function expectColor(found: number[], wanted: number[]): void {
  for (const [i, value] of found.entries()) expect(Math.abs(value - (wanted[i] ?? 0))).toBeLessThan(16);
}

describe("a comparison", () => {
  it("stands both side by side, before left", async () => {
    const { at, width, height } = await read(await compareSideBySide(await redAndBlue()));
    expect([width, height]).toEqual([808, 300 + CAPTION]);
    for (const y of [CAPTION + 4, height - 4]) {
      expectColor(at(4, y), RED);
      expectColor(at(396, y), RED);
      expectColor(at(412, y), BLUE);
      expectColor(at(804, y), BLUE);
    }
  });

  it("stands wide pictures one below the other", async () => {
    const { at, height } = await read(await compareSideBySide(await redAndBlue(600, 100)));
    expectColor(at(300, CAPTION + 10), RED);
    expectColor(at(300, height - 10), BLUE);
  });

  it("blinks: two frames, a second each, for ever", async () => {
    const gif = await blinkingGif(await redAndBlue());
    const { format, pages, delay, loop } = await sharp(gif, { animated: true }).metadata();
    expect({ format, pages, delay, loop }).toEqual({ format: "gif", pages: 2, delay: [BLINK_MS, BLINK_MS], loop: 0 });
    expectColor((await read(gif, 0)).at(200, 200), RED);
    expectColor((await read(gif, 1)).at(200, 200), BLUE);
    expect(1_000 / BLINK_MS).toBeLessThanOrEqual(3); // WCAG 2.3.1
  });

  it("keeps two frames when nothing changed", async () => {
    const same = await plain(RED).png().toBuffer();
    const gif = await blinkingGif(await readCompared(same, same, { before: "x", after: "x" }));
    expect((await sharp(gif, { animated: true }).metadata()).pages).toBe(2);
  });

  it.each([0, 0.1, 0.5, 0.9, 1])("shows the old left and the new right of a line at %d", async (position) => {
    const { at, width, height } = await read(await sliderImage(await redAndBlue(), position));
    const line = position * width;
    for (let x = 2; x < width; x += 12) {
      if (Math.abs(x - line) > 20) expectColor(at(x, height - 20), x < line ? RED : BLUE);
    }
  });

  it.each([
    [8, 8],
    [1, 900],
    [900, 1],
    [3_000, 2_000],
  ])("takes pictures of %d × %d", async (width, height) => {
    const pictures = await redAndBlue(width, height);
    for (const draw of [compareSideBySide, blinkingGif, sliderImage]) {
      const found = await sharp(await draw(pictures)).metadata();
      expect(Math.max(found.width, found.height)).toBeLessThanOrEqual(1_700);
      expect(found.width).toBeGreaterThanOrEqual(200);
    }
  });

  it("shows squares where a picture is transparent", async () => {
    const clear = await plain(BLUE).ensureAlpha(0).png().toBuffer();
    const { at } = await read(await sliderImage(await readCompared(clear, clear, words), 0));
    const found = new Set([2, 10, 18, 26].map((x) => ((at(200 + x, 200)[0] ?? 0) > 230 ? "light" : "dark")));
    expect(found).toEqual(new Set(["light", "dark"]));
  });
});
