import type { Picture } from "../gpu-worker/image/Picture.ts";
import { assertSameSize } from "./assertSameSize.ts";

/**
 * Root mean square error of a depth map, on [0, 1]: a pixel's depth is the mean of its channels.
 * @throws RangeError when the pictures differ in size
 */
export function depthRmse(output: Picture, expected: Picture): number {
  assertSameSize(expected, output);
  let sum = 0;
  for (let at = 0; at < expected.data.length; at += 3) sum += (depthAt(output, at) - depthAt(expected, at)) ** 2;
  return Math.sqrt((sum * 3) / expected.data.length);
}

function depthAt({ data }: Picture, at: number): number {
  return (data[at]! + data[at + 1]! + data[at + 2]!) / (3 * 255);
}
