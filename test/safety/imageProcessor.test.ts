import { describe, expect, it } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { ImageProcessor } from "../../gpu-worker/safety/ImageProcessor.ts";
import { goldenFolder, readGolden } from "../models/golden.ts";

const sizes = [
  [50, 34],
  [20, 13],
  [28, 28],
  [700, 40],
  [40, 52],
  [29, 28],
] as const;

/** The picture that training/goldens/make_safety.py gave to transformers. */
function patterned(width: number, height: number): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) data[i++] = Math.floor((x * x * 3 + y * y * 5 + x * y * (c + 1) + 40 * c) / 4) % 256;
    }
  }
  return { width, height, data };
}

describe("ImageProcessor", () => {
  it.each((["clip", "vit"] as const).flatMap((kind) => sizes.map((size) => [kind, ...size] as const)))(
    "%s makes the pixels of transformers and Pillow from %d × %d",
    async (kind, width, height) => {
      const processor = await ImageProcessor.open(new CheckpointPart(goldenFolder("pixels"), kind), kind, 28);
      const { [`${kind} ${width}x${height}`]: golden } = await readGolden("pixels");
      const pixels = processor.pixels(patterned(width, height));
      expect(pixels.dims).toEqual(golden!.dims);
      // One step of a byte is 0.0078 and more: every byte is the same.
      const worst = pixels.data.reduce((most, value, i) => Math.max(most, Math.abs(value - golden!.data[i]!)), 0);
      expect(worst).toBeLessThan(1e-6);
    },
  );

  it("takes a picture of any shape without growing with it", async () => {
    const processor = await ImageProcessor.open(new CheckpointPart("/nowhere", "none"), "clip", 28);
    const line = { width: 3_000_000, height: 1, data: new Uint8Array(9_000_000).fill(255) };
    const white = processor.pixels(line).data;
    expect(white[0]).toBeCloseTo((1 - 0.48145466) / 0.26862954, 5);
    expect(new Set(white.subarray(0, 28 * 28)).size).toBe(1);
  });
});
