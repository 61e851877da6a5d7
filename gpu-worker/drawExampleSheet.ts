import type { LearnExample } from "./engine/learning.ts";
import type { Picture } from "./image/Picture.ts";
import { rawOptions } from "./image/rawOptions.ts";
import { sharp } from "./image/sharp.ts";
import { thin } from "./thin.ts";

/** Pixels. */
const CELL = 192;
const GAP = 8;
/** More rows than this cannot be told apart on a phone. */
const MAX_ROWS = 8;
const BACKGROUND = { r: 43, g: 45, b: 49 };

/** Before, after, and what the task makes of it: an example a row, at most eight of them, evenly chosen. */
export async function drawExampleSheet(
  examples: readonly LearnExample[],
  results: readonly Picture[],
): Promise<Picture> {
  const all = examples.map(({ input, output }, i) => {
    const result = results[i];
    return result ? [input, output, result] : [input, output];
  });
  const rows = thin(all, MAX_ROWS);
  const width = 3 * CELL + 4 * GAP;
  const height = rows.length * (CELL + GAP) + GAP;
  const cells = rows.flatMap((pictures, row) =>
    pictures.map(async (picture, column) => {
      const { data, info } = await sharp(picture.data, rawOptions(picture))
        .resize(CELL, CELL, { fit: "inside" })
        .raw()
        .toBuffer({ resolveWithObject: true });
      const left = GAP + column * (CELL + GAP) + Math.floor((CELL - info.width) / 2);
      const top = GAP + row * (CELL + GAP) + Math.floor((CELL - info.height) / 2);
      return { input: data, raw: { width: info.width, height: info.height, channels: 3 as const }, left, top };
    }),
  );
  const data = await sharp({ create: { width, height, channels: 3, background: BACKGROUND } })
    .composite(await Promise.all(cells))
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}
