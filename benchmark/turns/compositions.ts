import { composeEdit } from "../../gpu-worker/image/composeEdit.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { rawOptions } from "../../gpu-worker/image/rawOptions.ts";
import { sharp } from "../../gpu-worker/image/sharp.ts";

/** Ways to bring the model's edit to the source's resolution, at one threshold, by name. */
export async function compositions(
  source: Picture,
  input: Picture,
  output: Picture,
  alpha: number,
): Promise<Record<string, Picture>> {
  const composed = composeEdit(source, input, output, { alpha }).picture;
  const [before, after] = await Promise.all([bicubic(input, source), bicubic(output, source)]);
  /** Where the composed picture is the source, the source. */
  const inside = (value: (i: number) => number): Picture => ({
    ...source,
    data: source.data.map((old, i) => {
      const pixel = i - (i % 3);
      const same = [0, 1, 2].every((c) => composed.data[pixel + c] === source.data[pixel + c]);
      return same ? old : Math.min(Math.max(Math.round(value(i)), 0), 255);
    }),
  });
  return {
    "bicubic, everywhere": after,
    "bicubic, where touched": inside((i) => after.data[i]!),
    "bicubic difference added, where touched": inside((i) => source.data[i]! + after.data[i]! - before.data[i]!),
    "local colour maps, where touched": composed,
  };
}

async function bicubic(picture: Picture, { width, height }: Picture): Promise<Picture> {
  const data = await sharp(picture.data, rawOptions(picture))
    .resize(width, height, { fit: "fill", kernel: "cubic" })
    .raw()
    .toBuffer();
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}
