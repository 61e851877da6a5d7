import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Habitat } from "../objects/Kind.ts";
import type { Random } from "../random.ts";
import type { Say } from "./Region.ts";

/**
 * A place. `draw` paints the whole picture in coordinates where the height is 1 and the width is `w`; every varied
 * detail comes from `random`, which is seeded by the scene's variant. It tells `say` what each part is before drawing it.
 */
export interface Background {
  readonly name: string;
  /** How a caption says it: "on a meadow". */
  readonly place: string;
  /** How instructions name it, each after "to" or "into": "a meadow". */
  readonly names: readonly string[];
  /** What may be here. */
  readonly habitats: readonly Habitat[];
  /** Under the open sky by day: weather and times of day make sense. */
  readonly outdoors: boolean;
  readonly draw: (context: SKRSContext2D, w: number, random: Random, say: Say) => void;
}

/** Fills a horizontal band from `top` to `bottom` with a vertical gradient. */
export function band(
  context: SKRSContext2D,
  w: number,
  top: number,
  bottom: number,
  ...stops: readonly string[]
): void {
  const gradient = context.createLinearGradient(0, top, 0, bottom);
  stops.forEach((color, i) => {
    gradient.addColorStop(stops.length === 1 ? 0 : i / (stops.length - 1), color);
  });
  context.fillStyle = gradient;
  context.fillRect(-0.01, top, w + 0.02, bottom - top + 0.01);
}

/** A rolling line of hills: everything below it is filled. */
export function hills(
  context: SKRSContext2D,
  w: number,
  random: Random,
  y: number,
  height: number,
  color: string,
  waves = 2,
): void {
  const [a, b] = [random.range(0, 6.28), random.range(0, 6.28)];
  context.fillStyle = color;
  context.beginPath();
  context.moveTo(-0.02, 1.02);
  for (let i = 0; i <= 16; i++) {
    const x = (i / 16) * (w + 0.04) - 0.02;
    context.lineTo(x, y - height * (0.6 * Math.sin(waves * 3.1 * x + a) + 0.4 * Math.sin(waves * 6.3 * x + b)));
  }
  context.lineTo(w + 0.02, 1.02);
  context.fill();
}

/** A row of peaks; `snow` paints the tops. */
export function peaks(
  context: SKRSContext2D,
  w: number,
  random: Random,
  y: number,
  height: number,
  color: string,
  snow?: string,
): void {
  const count = 3 + random.int(2);
  const shift = random.range(-0.5, 0.5) / count;
  for (let i = 0; i < count; i++) {
    const x = ((i + 0.5) / count + shift) * w;
    const h = height * random.range(0.75, 1.1);
    const half = (0.62 * w) / count + h * 0.12;
    context.fillStyle = color;
    context.beginPath();
    context.moveTo(x - half, y);
    context.lineTo(x, y - h);
    context.lineTo(x + half, y);
    context.fill();
    if (!snow) continue;
    const cut = 0.36;
    context.fillStyle = snow;
    context.beginPath();
    context.moveTo(x, y - h);
    context.lineTo(x + half * cut, y - h * (1 - cut));
    context.lineTo(x + half * cut * 0.35, y - h * (1 - cut * 0.75));
    context.lineTo(x, y - h * (1 - cut * 1.15));
    context.lineTo(x - half * cut * 0.4, y - h * (1 - cut * 0.75));
    context.lineTo(x - half * cut, y - h * (1 - cut));
    context.fill();
  }
}

/** A soft flat-bottomed cloud, `size` wide. */
export function cloud(context: SKRSContext2D, x: number, y: number, size: number, color = "#ffffffd8"): void {
  context.fillStyle = color;
  context.beginPath();
  for (const [dx, dy, r] of [
    [-0.3, 0, 0.17],
    [-0.08, -0.1, 0.23],
    [0.18, -0.05, 0.2],
    [0.36, 0.02, 0.14],
  ] as const) {
    context.moveTo(x + (dx + r) * size, y + dy * size);
    context.arc(x + dx * size, y + dy * size, r * size, 0, 7);
  }
  context.rect(x - 0.3 * size, y, 0.66 * size, 0.16 * size);
  context.fill();
}

export function clouds(context: SKRSContext2D, w: number, random: Random, count: number, color?: string): void {
  for (let i = 0; i < count; i++) {
    cloud(
      context,
      ((i + random.range(0.1, 0.9)) / count) * w,
      random.range(0.08, 0.32),
      random.range(0.2, 0.34),
      color,
    );
  }
}

/** A disc. */
export function disc(context: SKRSContext2D, x: number, y: number, r: number, color: string, squash = 1): void {
  context.fillStyle = color;
  context.beginPath();
  context.ellipse(x, y, r, r * squash, 0, 0, 7);
  context.fill();
}
