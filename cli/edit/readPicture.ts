import { open } from "node:fs/promises";
import { type DecodeLimits, decodePicture } from "../../gpu-worker/image/decodePicture.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { EmendError } from "../../src/errors/EmendError.ts";

/**
 * Reads and decodes a picture file; messages start with its name.
 * @throws EmendError `not_found`, `bad_image`, `image_too_large`
 */
export async function readPicture(file: string, limits: DecodeLimits): Promise<Picture> {
  const bytes = await readAtMost(file, limits.maxBytes + 1);
  try {
    return await decodePicture(bytes, limits);
  } catch (error) {
    if (!(error instanceof EmendError)) throw error;
    throw new EmendError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}

/** The first bytes of a file, which may be endless (a device). */
async function readAtMost(file: string, most: number): Promise<Uint8Array> {
  try {
    await using handle = await open(file);
    if ((await handle.stat()).isDirectory()) throw new EmendError("bad_image", `${file}: is a folder, not a picture.`);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of handle.createReadStream({ autoClose: false, end: most - 1 })) {
      chunks.push(chunk);
      length += chunk.length;
    }
    return Buffer.concat(chunks, length);
  } catch (error) {
    if (error instanceof EmendError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" || code === "ENOTDIR" ? "there is no such file" : `cannot be read (${code})`;
    throw new EmendError("not_found", `${file}: ${reason}.`, { cause: error });
  }
}
