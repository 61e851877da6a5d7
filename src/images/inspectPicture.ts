import { EmendError } from "../errors/EmendError.ts";
import { readJpeg } from "./readJpeg.ts";
import { readPng } from "./readPng.ts";
import { readWebp } from "./readWebp.ts";

export type PictureFormat = "png" | "jpeg" | "webp";

/** What a picture file says about itself. Pixels, before any orientation of the camera is applied. */
export interface PictureHeader {
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
}

export interface PictureLimits {
  /** Width × height. */
  readonly maxPixels: number;
  readonly maxBytes: number;
}

/** A reader returns undefined for another format, and throws `bad_image` for a damaged file of its own. */
const readers = [readPng, readJpeg, readWebp];

/**
 * Looks at a file from a stranger without decoding it, in plain TypeScript: the bot holds the Discord token, so no
 * native decoder runs on untrusted bytes there. The worker decodes for real, and may still find damage.
 * @throws EmendError `bad_image`, `image_too_large`
 */
export function inspectPicture(bytes: Uint8Array, limits: PictureLimits): PictureHeader {
  if (bytes.length > limits.maxBytes) throw tooManyBytes(limits);
  if (bytes.length === 0) throw new EmendError("bad_image", "the file is empty");
  for (const read of readers) {
    const header = read(bytes);
    if (header === undefined) continue;
    if (header.width < 1 || header.height < 1) throw new EmendError("bad_image", "the picture has no pixels");
    if (header.width * header.height > limits.maxPixels) {
      const { width, height } = header;
      const millions = (limits.maxPixels / 1e6).toFixed(0);
      throw new EmendError(
        "image_too_large",
        `the picture has ${width} × ${height} pixels; the limit is ${millions} million`,
      );
    }
    return header;
  }
  throw new EmendError("bad_image", "the file is not a PNG, JPEG or WebP picture");
}

export function tooManyBytes(limits: Pick<PictureLimits, "maxBytes">): EmendError {
  return new EmendError(
    "image_too_large",
    `the file is too large; the limit is ${Math.floor(limits.maxBytes / 2 ** 20)} MiB`,
  );
}
