import type { CanvasGradient, SKRSContext2D } from "@napi-rs/canvas";
import { backgroundOf } from "../backgrounds/index.ts";
import type { Region } from "../backgrounds/Region.ts";
import { Random } from "../random.ts";
import type { Scene } from "../scene.ts";

/** The colour of contours. */
export const ink = "#000000";

/** How a map paints a region: one style for all of it, and perhaps a black contour (width in shares of the height). */
export interface RegionPaint {
  readonly style: string | CanvasGradient;
  readonly contour?: number;
}

/** The paint of a region; `foot` is where an upright one stands. Undefined leaves it out. */
export type PaintOf = (region: Region, foot: number) => RegionPaint | undefined;

/**
 * Draws a scene's background as its regions: the background's own drawing, but painted as `paintOf` says and without
 * details. So a map shows exactly the shapes that the picture shows.
 * @param context scaled so that the picture's height is 1
 * @param w the picture's width in heights
 */
export function drawRegions(context: SKRSContext2D, w: number, scene: Scene, paintOf: PaintOf): void {
  let paint: RegionPaint | undefined;
  const brush = regionBrush(context, () => paint);
  backgroundOf(scene.background).draw(brush, w, new Random(scene.variant, 77), (what, foot = 0) => {
    paint = what === "detail" ? undefined : paintOf(what, foot);
  });
}

/** The context, but everything is painted with the region's paint. */
function regionBrush(context: SKRSContext2D, paint: () => RegionPaint | undefined): SKRSContext2D {
  const line = (style: RegionPaint["style"], width: number, stroke: () => void) => {
    const before = context.lineWidth;
    context.strokeStyle = style;
    context.lineWidth = width;
    stroke();
    context.lineWidth = before;
  };
  const painted = {
    fill(): void {
      const now = paint();
      if (!now) return;
      context.fillStyle = now.style;
      context.fill();
      if (now.contour) line(ink, now.contour, () => context.stroke());
    },
    fillRect(x: number, y: number, width: number, height: number): void {
      const now = paint();
      if (!now) return;
      // A bar that is hardly wider than its contour is one line.
      const bar = now.contour !== undefined && Math.min(width, height) < now.contour * 1.6;
      context.fillStyle = bar ? ink : now.style;
      context.fillRect(x, y, width, height);
      if (now.contour && !bar) line(ink, now.contour, () => context.strokeRect(x, y, width, height));
    },
    /** A thick line: its two sides if both have room, else one. */
    stroke(): void {
      const now = paint();
      if (!now) return;
      const width = context.lineWidth;
      const contour = now.contour ?? 0;
      const inside = width - contour;
      if (contour > 0) line(ink, inside > contour ? width + contour : contour, () => context.stroke());
      if (contour === 0 || inside > contour) line(now.style, inside, () => context.stroke());
    },
  };
  return new Proxy(context, {
    get(target, key) {
      if (Object.hasOwn(painted, key)) return painted[key as keyof typeof painted];
      const value = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
    set(target, key, value) {
      return key === "fillStyle" || key === "strokeStyle" || Reflect.set(target, key, value, target);
    },
  });
}
