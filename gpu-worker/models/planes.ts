import type { TensorData } from "../graph/TensorData.ts";
import type { Picture } from "../image/Picture.ts";

/** A picture as `[1, 3, H, W]` in [−1, 1]. */
export function toPlanes({ width, height, data }: Picture): TensorData {
  const pixels = width * height;
  const planes = new Float32Array(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) planes[c * pixels + i] = data[3 * i + c]! / 127.5 - 1;
  }
  return { dims: [1, 3, height, width], data: planes };
}

/** The inverse of `toPlanes`; values outside [−1, 1] are cut off. */
export function fromPlanes({ dims, data }: TensorData): Picture {
  const [height, width] = [dims[2]!, dims[3]!];
  const pixels = width * height;
  const bytes = new Uint8ClampedArray(3 * pixels); // clamps and rounds
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) bytes[3 * i + c] = (data[c * pixels + i]! + 1) * 127.5;
  }
  return { width, height, data: new Uint8Array(bytes.buffer) };
}
