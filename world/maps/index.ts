import type { MapName, MapRenderer } from "./MapRenderer.ts";

/** How each map is drawn. */
export const maps: Readonly<Partial<Record<MapName, MapRenderer>>> = {};

export function mapOf(name: MapName): MapRenderer {
  const renderer = maps[name];
  if (!renderer) throw new RangeError(`the world draws no map "${name}"`);
  return renderer;
}
