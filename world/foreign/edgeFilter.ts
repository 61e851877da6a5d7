import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { clamp, gaussianBlur, unitOf } from "../pixels.ts";

/** Difference of two Gaussians below which a line begins, and by how much more it is black (0–255). */
const faint = 5;
const full = 14;

/**
 * The line drawing of any picture: black lines on white along the dark sides of edges, where the difference of two
 * Gaussians (0.7 and 1.4 units; a unit is 1/64 of the shorter side) is clearly negative in any channel, after Marr and
 * Hildreth, "Theory of edge detection", 1980.
 */
export function edgeFilter(picture: Picture): Picture {
  const unit = unitOf(picture);
  const fine = gaussianBlur(picture, 0.7 * unit).data;
  const coarse = gaussianBlur(picture, 1.4 * unit).data;
  const data = new Uint8Array(picture.data.length);
  for (let i = 0; i < data.length; i += 3) {
    let most = 0;
    for (let c = i; c < i + 3; c++) most = Math.max(most, (coarse[c] as number) - (fine[c] as number));
    data.fill(255 - clamp(((most - faint) / full) * 255), i, i + 3);
  }
  return { width: picture.width, height: picture.height, data };
}
