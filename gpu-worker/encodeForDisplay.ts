import type { Picture } from "./image/Picture.ts";
import { rawOptions } from "./image/rawOptions.ts";
import { sharp } from "./image/sharp.ts";

/** Longest side of the "before" picture: plenty to look at, and small beside the result in one upload. Pixels. */
const MAX_BEFORE_SIDE = 1_600;
/** Shortest enlargement of a preview: chat programs show anything smaller as a stamp. Pixels. */
const MIN_PREVIEW_SIDE = 256;

export interface DisplayPicture {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const read = (picture: Picture) => sharp(picture.data, rawOptions(picture));

/** The source as people see it beside the result: WebP without metadata, so no camera's position gets out. */
export async function encodeBefore(picture: Picture): Promise<DisplayPicture> {
  const side = MAX_BEFORE_SIDE;
  const resized = read(picture).resize(side, side, { fit: "inside", withoutEnlargement: true });
  const { data, info } = await resized.webp({ quality: 90 }).toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

/** A coarse estimate, enlarged: PNG. */
export async function encodePreview(picture: Picture): Promise<Uint8Array> {
  const scale = Math.ceil(MIN_PREVIEW_SIDE / Math.max(picture.width, picture.height));
  if (scale <= 1) return read(picture).png({ compressionLevel: 3 }).toBuffer();
  const width = picture.width * scale;
  return read(picture)
    .resize(width, picture.height * scale, { kernel: "cubic" })
    .png({ compressionLevel: 3 })
    .toBuffer();
}
