import { nameFormat } from "./nameFormat.ts";
import { PictureProblem } from "./PictureProblem.ts";
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

/** A reader returns undefined for another format, and throws a PictureProblem for a damaged file of its own. */
const readers = [readPng, readJpeg, readWebp];

/**
 * Looks at a file from a stranger without decoding it, in plain TypeScript: the bot holds the Discord token, so no
 * native decoder runs on untrusted bytes there. The worker decodes for real, and may still find damage.
 * @throws PictureProblem
 */
export function inspectPicture(bytes: Uint8Array, { maxPixels, maxBytes }: PictureLimits): PictureHeader {
  if (bytes.length > maxBytes) throw new PictureProblem({ kind: "too-many-bytes", maxBytes });
  if (bytes.length === 0) throw new PictureProblem({ kind: "empty" });
  for (const read of readers) {
    const header = read(bytes);
    if (header === undefined) continue;
    const { width, height } = header;
    if (width < 1 || height < 1) throw new PictureProblem({ kind: "damaged" });
    if (width * height > maxPixels) throw new PictureProblem({ kind: "too-many-pixels", width, height, maxPixels });
    return header;
  }
  const format = nameFormat(bytes);
  throw new PictureProblem(format === undefined ? { kind: "not-a-picture" } : { kind: "other-format", format });
}
