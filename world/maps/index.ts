import { depth } from "./depth.ts";
import type { MapName, MapRenderer } from "./MapRenderer.ts";
import { normal } from "./normal.ts";
import { pose } from "./pose.ts";
import { segmap } from "./segmap.ts";
import { sketch } from "./sketch.ts";

/** How each map is drawn. */
export const maps: Readonly<Partial<Record<MapName, MapRenderer>>> = { depth, segmap, normal, sketch, pose };

export function mapOf(name: MapName): MapRenderer {
  const renderer = maps[name];
  if (!renderer) throw new RangeError(`the world draws no map "${name}"`);
  return renderer;
}
