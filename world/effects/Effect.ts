import type { SKRSContext2D } from "@napi-rs/canvas";

/**
 * Weather, a season or a time of day. `back` is painted over the background and under the objects, `front` over
 * everything. Coordinates: the height is 1, the width is `w`. No hidden randomness: fixed patterns only.
 */
export interface Effect {
  readonly name: string;
  /** How a caption says it, after the place: "in the rain". */
  readonly caption: string;
  readonly back?: (context: SKRSContext2D, w: number) => void;
  readonly front?: (context: SKRSContext2D, w: number) => void;
}

/** Fills the picture under a blend mode. */
export function wash(
  context: SKRSContext2D,
  w: number,
  mode: "multiply" | "screen" | "color" | "hue" | "overlay" | "source-over" | "soft-light" | "saturation",
  ...stops: readonly string[]
): void {
  context.save();
  context.globalCompositeOperation = mode;
  if (stops.length === 1) context.fillStyle = stops[0] as string;
  else {
    const gradient = context.createLinearGradient(0, 0, 0, 1);
    stops.forEach((color, i) => {
      gradient.addColorStop(i / (stops.length - 1), color);
    });
    context.fillStyle = gradient;
  }
  context.fillRect(-0.01, -0.01, w + 0.02, 1.02);
  context.restore();
}

/** Evenly scattered points with no pattern to the eye: the R2 sequence, [x, y] in [0, w) × [0, 1). */
export function scatter(count: number, w: number): [number, number][] {
  return Array.from({ length: count }, (_, i) => [((0.5 + i * 0.7548776662) % 1) * w, (0.5 + i * 0.569840291) % 1]);
}
