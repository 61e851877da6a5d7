import { describe, expect, it } from "vitest";
import { decodePicture } from "../../gpu-worker/image/decodePicture.ts";
import { encodePng } from "../../gpu-worker/image/encodePicture.ts";
import { sharp } from "../../gpu-worker/image/sharp.ts";
import { animated, gradient, paint, pngBomb, rawPicture, svg } from "./pictures.ts";

const limits = { maxPixels: 1_000_000, maxBytes: 1024 * 1024 };
const decode = (bytes: Uint8Array) => decodePicture(bytes, limits);
const reasons = async (bytes: Uint8Array) => {
  const error = await decode(bytes).then(
    () => expect.fail("was accepted"),
    (error) => error,
  );
  expect(error.message).not.toContain("\n");
  return [error.code, error.message];
};
/** Largest difference of any value to a colour. */
const distance = (data: Uint8Array, [r, g, b]: readonly number[]) =>
  data.reduce((worst, value, i) => Math.max(worst, Math.abs(value - [r, g, b][i % 3]!)), 0);

describe("decodePicture reads", () => {
  it("PNG and lossless WebP exactly, JPEG nearly", async () => {
    const picture = gradient(40, 30);
    expect(await decode(await encodePng(picture))).toEqual(picture);
    expect(await decode(await rawPicture(picture).webp({ lossless: true }).toBuffer())).toEqual(picture);
    const jpeg = await decode(await rawPicture(picture).jpeg({ quality: 95 }).toBuffer());
    expect(distance(jpeg.data.subarray(0, 3), [...picture.data.subarray(0, 3)])).toBeLessThan(8);
  });

  it("grey, 16-bit and CMYK as 8-bit sRGB", async () => {
    const grey = await decode(
      await rawPicture(paint(9, 9, () => [80, 80, 80]))
        .greyscale()
        .png()
        .toBuffer(),
    );
    expect(distance(grey.data, [80, 80, 80])).toBeLessThanOrEqual(1);
    const deep = sharp(new Uint16Array(9 * 9 * 3).fill(0x7555), { raw: { width: 9, height: 9, channels: 3 } });
    const png16 = await deep.toColourspace("rgb16").png().toBuffer();
    expect((await sharp(png16).metadata()).depth).toBe("ushort");
    expect(distance((await decode(png16)).data, [0x75, 0x75, 0x75])).toBeLessThanOrEqual(1);
    const cmyk = await rawPicture(paint(16, 16, () => [150, 120, 110]))
      .toColourspace("cmyk")
      .jpeg({ quality: 100 })
      .toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe("cmyk");
    expect(distance((await decode(cmyk)).data, [150, 120, 110])).toBeLessThan(12);
  });

  it("colours of another profile as sRGB", async () => {
    const p3 = await rawPicture(paint(8, 8, () => [230, 60, 50]))
      .withIccProfile("p3")
      .png()
      .toBuffer();
    const plain = await decode(p3);
    expect(distance(plain.data, [230, 60, 50])).toBeLessThan(4); // stored as other numbers, the same colour
  });

  it("transparent pixels over white", async () => {
    const rgba = Buffer.from([255, 0, 0, 0, 255, 0, 0, 128, 255, 0, 0, 255]);
    const { data } = await decode(
      await sharp(rgba, { raw: { width: 3, height: 1, channels: 4 } })
        .png()
        .toBuffer(),
    );
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect(Math.abs(data[4]! - 127)).toBeLessThanOrEqual(1);
    expect([...data.subarray(6)]).toEqual([255, 0, 0]);
  });

  it("EXIF orientation as upright pixels", async () => {
    const source = gradient(20, 10);
    const turned = await rawPicture(source).withMetadata({ orientation: 6 }).png().toBuffer();
    const { width, height, data } = await decode(turned);
    expect([width, height]).toEqual([10, 20]);
    // Orientation 6: the first row stored is the right edge seen.
    expect([...data.subarray(27, 30)]).toEqual([...source.data.subarray(0, 3)]);
  });

  it("a picture of one pixel", async () => {
    expect(await decode(await encodePng(paint(1, 1, () => [1, 2, 3])))).toMatchObject({ width: 1, height: 1 });
  });
});

describe("decodePicture refuses, in one line,", () => {
  it("an empty file", async () =>
    expect(await reasons(Buffer.alloc(0))).toEqual(["bad_image", expect.stringContaining("is empty")]));

  it("too many bytes, before looking at them", async () => {
    expect(await reasons(Buffer.alloc(limits.maxBytes + 1))).toEqual([
      "image_too_large",
      expect.stringContaining("1.0 MiB"),
    ]);
  });

  it("too many pixels, by the header alone", async () => {
    const start = performance.now();
    expect(await reasons(pngBomb(20_000, 20_000))).toEqual([
      "image_too_large",
      expect.stringContaining("20000 × 20000"),
    ]);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it.each([
    ["SVG", () => svg],
    ["GIF", () => animated("gif")],
    ["TIFF", () => rawPicture(gradient(8, 8)).tiff().toBuffer()],
    ["HEIC", () => Buffer.from("\0\0\0\x18ftypheic\0\0\0\0", "latin1")],
    ["PDF", () => Buffer.from("%PDF-1.7\n")],
    ["BMP", () => Buffer.from("BM\0\0\0\0\0\0\0\0")],
  ])("%s, by name", async (name, make) => {
    expect(await reasons(await make())).toEqual(["bad_image", expect.stringContaining(`is a ${name} file`)]);
  });

  it("text", async () =>
    expect(await reasons(Buffer.from("hello"))).toEqual(["bad_image", expect.stringContaining("not a picture")]));

  it("animated WebP", async () => {
    expect(await reasons(await animated("webp"))).toEqual(["bad_image", expect.stringContaining("animated")]);
  });

  it("files that are cut off or damaged", async () => {
    const noise = paint(64, 64, (x, y) => [(x * 77 + y * 31) % 256, (x * y) % 256, (x * x + y) % 256]);
    for (const file of [
      await encodePng(noise),
      await rawPicture(noise).jpeg().toBuffer(),
      await rawPicture(noise).webp({ lossless: true }).toBuffer(),
    ]) {
      for (const share of [0.001, 0.1, 0.5, 0.9]) {
        const [code] = await reasons(file.subarray(0, Math.max(12, Math.floor(file.length * share))));
        expect(code).toBe("bad_image");
      }
    }
    const damaged = Buffer.from(await encodePng(noise));
    damaged[Math.floor(damaged.length / 2)]! ^= 0xff;
    expect((await reasons(damaged))[0]).toBe("bad_image");
  });

  it("other formats even where the sniffing is fooled", async () => {
    await expect(sharp(svg).metadata()).rejects.toThrow(/unsupported image format/);
    await expect(sharp(await animated("gif")).metadata()).rejects.toThrow(/unsupported image format/);
  });
});
