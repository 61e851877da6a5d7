import { extname } from "node:path";
import type { Picture } from "./Picture.ts";
import { rawOptions } from "./rawOptions.ts";
import { sharp } from "./sharp.ts";

/** Lossless; the same pixels give the same bytes. */
export function encodePng(picture: Picture): Promise<Buffer> {
  return sharp(picture.data, rawOptions(picture)).png({ compressionLevel: 6 }).toBuffer();
}

const encoders: Record<string, (picture: Picture) => Promise<Buffer>> = {
  ".png": encodePng,
  // Quality 95 without chroma subsampling: an edit is often edited again.
  ".jpg": (picture) =>
    sharp(picture.data, rawOptions(picture)).jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer(),
  ".webp": (picture) => sharp(picture.data, rawOptions(picture)).webp({ lossless: true }).toBuffer(),
};
encoders[".jpeg"] = encoders[".jpg"]!;

/** The encoder for a file name, by its extension; undefined for any but .png, .jpg, .jpeg and .webp. */
export function encoderFor(file: string): ((picture: Picture) => Promise<Buffer>) | undefined {
  return encoders[extname(file).toLowerCase()];
}
