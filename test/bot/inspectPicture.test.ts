import fc from "fast-check";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { fitToLimit } from "../../src/images/fitToLimit.ts";
import { inspectPicture } from "../../src/images/inspectPicture.ts";
import { PictureProblem } from "../../src/images/PictureProblem.ts";

const limits = { maxPixels: 1_000_000, maxBytes: 1_000_000 };
const noise = (width: number, height: number) => {
  let state = 1;
  const data = Buffer.from({ length: width * height * 3 }).map(() => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 24;
  });
  return sharp(data, { raw: { width, height, channels: 3 } });
};

function faultOf(bytes: Uint8Array): string {
  try {
    inspectPicture(bytes, limits);
    return "none";
  } catch (error) {
    if (error instanceof PictureProblem) return error.fault.kind;
    throw error;
  }
}

const files: Record<string, Buffer> = {};
beforeAll(async () => {
  files.png = await noise(61, 43).png().toBuffer();
  files.interlaced = await noise(61, 43).png({ progressive: true }).toBuffer();
  files.jpeg = await noise(61, 43).jpeg().toBuffer();
  files.progressive = await noise(61, 43).withMetadata({ orientation: 6 }).jpeg({ progressive: true }).toBuffer();
  files.webp = await noise(61, 43).webp().toBuffer();
  files.lossless = await noise(61, 43).webp({ lossless: true }).toBuffer();
  files.alpha = await noise(61, 43).ensureAlpha(0.5).withMetadata().webp().toBuffer();
});

describe("inspectPicture", () => {
  it("reads the size that the decoder reads, of every kind of file", async () => {
    for (const [name, bytes] of Object.entries(files)) {
      const { width, height, format } = await sharp(bytes).metadata();
      expect(inspectPicture(bytes, limits), name).toEqual({ format, width, height });
    }
  });

  it("calls every shortened file damaged", () => {
    for (const [name, bytes] of Object.entries(files)) {
      for (const share of [0.2, 0.5, 0.9, 0.99]) {
        const length = Math.floor(bytes.length * share);
        expect(faultOf(bytes.subarray(0, length)), `${name} ${share}`).toBe("damaged");
      }
    }
  });

  it("never throws anything but a PictureProblem, whatever the bytes, and is quick", () => {
    const start = performance.now();
    const seeds = Object.values(files);
    fc.assert(
      fc.property(
        fc.nat(seeds.length - 1),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }),
        fc.nat(),
        (index, changes, cut) => {
          const bytes = Buffer.from(seeds[index] as Buffer);
          for (const [at, value] of changes) bytes[at % Math.min(bytes.length, 200)] = value;
          faultOf(bytes.subarray(0, cut % 3 === 0 ? cut % bytes.length : bytes.length));
        },
      ),
      { numRuns: 3_000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void faultOf(bytes)));
    faultOf(Buffer.from("<!---->".repeat(10_000))); // a file made to keep a regular expression busy
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it("keeps to the limits", () => {
    expect(() => inspectPicture(files.png as Buffer, { ...limits, maxPixels: 61 * 43 - 1 })).toThrow(PictureProblem);
    expect(inspectPicture(files.png as Buffer, { ...limits, maxPixels: 61 * 43 })).toMatchObject({ width: 61 });
    expect(faultOf(Buffer.alloc(1_000_001))).toBe("too-many-bytes");
  });
});

describe("fitToLimit", () => {
  it("keeps the PNG when it fits, else takes the best WebP of the same size, else refuses", async () => {
    const png = await noise(200, 150).png().toBuffer();
    expect((await fitToLimit(png, png.length)).bytes).toBe(png);
    const fitted = await fitToLimit(png, png.length - 1);
    expect(fitted.extension).toBe("webp");
    expect(fitted.bytes.length).toBeLessThan(png.length);
    expect(await sharp(fitted.bytes).metadata()).toMatchObject({ width: 200, height: 150 });
    await expect(fitToLimit(png, 500)).rejects.toMatchObject({ code: "image_too_large" });
  });
});
