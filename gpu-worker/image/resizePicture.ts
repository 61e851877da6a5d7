import type { Picture } from "./Picture.ts";
import { rawOptions } from "./rawOptions.ts";
import { sharp } from "./sharp.ts";

/** Resamples to exactly this size with a Lanczos filter (a = 3); the same picture when the size is the same. */
export async function resizePicture(
  picture: Picture,
  { width, height }: { width: number; height: number },
): Promise<Picture> {
  if (picture.width === width && picture.height === height) return picture;
  const data = await sharp(picture.data, rawOptions(picture))
    .resize(width, height, { fit: "fill", kernel: "lanczos3" })
    .raw()
    .toBuffer();
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}
