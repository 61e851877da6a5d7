/**
 * What a part of a background is, for the maps of a scene. `level` parts lie on the ground and face up, `upright` ones
 * stand on it and face the viewer, `far` ones are behind everything.
 */
export const regions = {
  sky: "far",
  "open water": "far",
  planet: "far",
  mountains: "upright",
  hills: "upright",
  trees: "upright",
  buildings: "upright",
  fence: "upright",
  wall: "upright",
  skirting: "upright",
  window: "upright",
  lollipops: "upright",
  coral: "upright",
  cliff: "upright",
  water: "level",
  grass: "level",
  sand: "level",
  snow: "level",
  ice: "level",
  field: "level",
  "forest floor": "level",
  path: "level",
  pavement: "level",
  road: "level",
  floor: "level",
  rug: "level",
  "moon ground": "level",
  "candy ground": "level",
  "cave floor": "level",
} as const satisfies Record<string, "far" | "upright" | "level">;

export type Region = keyof typeof regions;
export const regionNames = Object.keys(regions) as Region[];

/**
 * Says what is drawn next: a region, or a detail that no map shows (a cloud, a flower, a shade). An upright region says
 * where it stands: `foot` is a share of the height, as an object's `y`.
 */
export type Say = (what: Region | "detail", foot?: number) => void;
