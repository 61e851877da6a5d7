import sharp from "sharp";
import { EmendError } from "../errors/EmendError.ts";

/** WebP cannot hold longer sides. Pixels. */
const MAX_WEBP_SIDE = 16_383;

export interface FittedPicture {
  readonly bytes: Uint8Array;
  /** File name extension; `png` says that nothing was lost. */
  readonly extension: "png" | "webp" | "jpg";
}

/**
 * A result as a file that Discord takes: the PNG itself if it fits, else the best WebP (JPEG for giants) that does.
 * The size in pixels stays. Only for PNG files that our own worker wrote.
 * @param limit bytes
 * @throws EmendError `image_too_large` when even the lowest quality does not fit
 */
export async function fitToLimit(png: Uint8Array, limit: number): Promise<FittedPicture> {
  if (png.length <= limit) return { bytes: png, extension: "png" };
  const { width, height } = await sharp(png, { limitInputPixels: false }).metadata();
  const extension = Math.max(width, height) <= MAX_WEBP_SIDE ? "webp" : "jpg";
  for (const quality of [95, 85, 70, 50]) {
    const picture = sharp(png, { limitInputPixels: false });
    const bytes = await (extension === "webp" ? picture.webp({ quality }) : picture.jpeg({ quality })).toBuffer();
    if (bytes.length <= limit) return { bytes, extension };
  }
  throw new EmendError("image_too_large", "the edited picture is larger than this channel accepts");
}
