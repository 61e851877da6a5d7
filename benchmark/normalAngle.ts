import type { Picture } from "../gpu-worker/image/Picture.ts";
import { assertSameSize } from "./assertSameSize.ts";

/**
 * Mean angle between the normals of two normal maps in degrees, 0–180. Channels 0 … 255 mean −1 … 1, and lengths do
 * not matter.
 * @throws RangeError when the pictures differ in size
 */
export function normalAngle(output: Picture, expected: Picture): number {
  assertSameSize(expected, output);
  const [a, b] = [output.data, expected.data];
  let sum = 0;
  for (let at = 0; at < b.length; at += 3) {
    let dot = 0;
    let [lengthA, lengthB] = [0, 0];
    for (let i = at; i < at + 3; i++) {
      // 255 is odd: no encoded component is exactly 0, so no vector has length 0.
      const [x, y] = [2 * a[i]! - 255, 2 * b[i]! - 255];
      dot += x * y;
      lengthA += x * x;
      lengthB += y * y;
    }
    sum += Math.acos(Math.min(1, Math.max(-1, dot / Math.sqrt(lengthA * lengthB))));
  }
  return ((sum * 3) / b.length) * (180 / Math.PI);
}
