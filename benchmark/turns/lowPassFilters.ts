import type { LowPass } from "../../gpu-worker/image/changeMap.ts";
import { gaussianBlur } from "../../gpu-worker/image/gaussianBlur.ts";

/** The filters that the bench compares, by name. Sizes in pixels of the model's resolution. */
export const lowPassFilters: Readonly<Record<string, LowPass>> = {
  none: (plane) => plane,
  "box 3": box(1),
  "box 5": box(2),
  "box 7": box(3),
  "Gaussian σ 0.5": gaussian(0.5),
  "Gaussian σ 1": gaussian(1),
  "Gaussian σ 1.5": gaussian(1.5),
  "Gaussian σ 2": gaussian(2),
};

function gaussian(sigma: number): LowPass {
  return (plane, width, height) => gaussianBlur(plane, width, height, sigma);
}

/** Mean over (2 · radius + 1)² pixels, edges repeated. */
function box(radius: number): LowPass {
  return (plane, width, height) => {
    const at = (x: number, y: number) =>
      plane[Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1)]!;
    return plane.map((_, i) => {
      let sum = 0;
      for (let dy = -radius; dy <= radius; dy++) {
        for (let dx = -radius; dx <= radius; dx++) sum += at((i % width) + dx, Math.floor(i / width) + dy);
      }
      return sum / (2 * radius + 1) ** 2;
    });
  };
}
