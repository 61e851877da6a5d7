import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { assertSameSize } from "../assertSameSize.ts";
import type { PaletteColor } from "../meanIoU.ts";

/**
 * What was painted over a source in one flat colour: 1 where the picture is nearer to the colour than to the source,
 * else 0, one byte per pixel.
 * @throws RangeError when the pictures differ in size
 */
export function markedPixels(source: Picture, picture: Picture, color: PaletteColor): Uint8Array {
  assertSameSize(source, picture);
  return Uint8Array.from({ length: source.width * source.height }, (_, pixel) => {
    let [toColor, toSource] = [0, 0];
    for (let channel = 0; channel < 3; channel++) {
      const value = picture.data[pixel * 3 + channel]!;
      toColor += (value - color[channel]!) ** 2;
      toSource += (value - source.data[pixel * 3 + channel]!) ** 2;
    }
    return toColor < toSource ? 1 : 0;
  });
}
