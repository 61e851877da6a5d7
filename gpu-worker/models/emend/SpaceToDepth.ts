import { z } from "zod";
import type { TensorData } from "../../graph/TensorData.ts";
import type { Picture } from "../../image/Picture.ts";

/** `image_codec/config.json`: see docs/checkpoints.md. */
export const spaceToDepthSchema = z.object({
  _class_name: z.literal("SpaceToDepth"),
  patch_size: z.int().min(1).max(32),
  image_size: z.int().positive(),
});

/** Pixels in [−1, 1], each p × p patch as one cell of 3·p² channels c·p² + dy·p + dx: → `[1, 3·p², H/p, W/p]`. */
export function encodePatches({ width, height, data }: Picture, patch: number): TensorData {
  const [w, h] = [width / patch, height / patch];
  const code = new Float32Array(3 * width * height);
  let i = 0;
  for (let c = 0; c < 3; c++) {
    for (let dy = 0; dy < patch; dy++) {
      for (let dx = 0; dx < patch; dx++) {
        for (let y = 0; y < h; y++) {
          for (let x = 0; x < w; x++) {
            code[i++] = data[((y * patch + dy) * width + x * patch + dx) * 3 + c]! / 127.5 - 1;
          }
        }
      }
    }
  }
  return { dims: [1, 3 * patch * patch, h, w], data: code };
}

/** The inverse of `encodePatches`; values outside [−1, 1] are cut off. */
export function decodePatches({ dims, data }: TensorData, patch: number): Picture {
  const [h, w] = [dims[2]!, dims[3]!];
  const [width, height] = [w * patch, h * patch];
  const pixels = new Uint8ClampedArray(3 * width * height); // clamps and rounds
  let i = 0;
  for (let c = 0; c < 3; c++) {
    for (let dy = 0; dy < patch; dy++) {
      for (let dx = 0; dx < patch; dx++) {
        for (let y = 0; y < h; y++) {
          for (let x = 0; x < w; x++) {
            pixels[((y * patch + dy) * width + x * patch + dx) * 3 + c] = (data[i++]! + 1) * 127.5;
          }
        }
      }
    }
  }
  return { width, height, data: new Uint8Array(pixels.buffer) };
}
