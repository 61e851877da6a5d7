import { type Region, regionNames } from "../backgrounds/Region.ts";
import { rgb } from "../colors.ts";
import { kinds } from "../objects/index.ts";

/** The colours of the segmentation map. Fixed: a model learns them. Backgrounds are muted, objects are vivid. */
export const regionColors: Readonly<Record<Region, string>> = {
  sky: "#a8d4f0",
  "open water": "#1e3c64",
  planet: "#6e5a8c",
  mountains: "#78829a",
  hills: "#a0aa78",
  trees: "#3c5a3c",
  buildings: "#aa7864",
  fence: "#cdcdb9",
  wall: "#ebcdb4",
  skirting: "#fffff0",
  window: "#b4f0f0",
  lollipops: "#f0b4dc",
  coral: "#c8646e",
  cliff: "#323246",
  water: "#4682b4",
  grass: "#8cc88c",
  sand: "#e6d28c",
  snow: "#dce6f5",
  ice: "#82aaf5",
  field: "#c8a050",
  "forest floor": "#5f783c",
  path: "#c3a08c",
  pavement: "#b4b4b4",
  road: "#646464",
  floor: "#966e46",
  rug: "#a06482",
  "moon ground": "#9696be",
  "candy ground": "#ffd7f0",
  "cave floor": "#465a87",
};

/** Every kind of object has its own colour, like those of its group. */
export const kindColors: Readonly<Record<string, string>> = {
  // animals: reds, oranges and browns
  cat: "#ff0000",
  dog: "#870000",
  rabbit: "#f06900",
  bear: "#c30f3c",
  sheep: "#a54b00",
  penguin: "#ff3c4b",
  elephant: "#ff7896",
  frog: "#ffa51e",
  turtle: "#5a2d0f",
  snail: "#ff875a",
  dinosaur: "#c30000",
  crab: "#ff003c",
  // things in the air: purples
  bird: "#d200ff",
  butterfly: "#5a00e1",
  balloon: "#ff00a5",
  "hot air balloon": "#ff5aff",
  kite: "#960096",
  airplane: "#964bff",
  rocket: "#3c0096",
  star: "#d23cc3",
  moon: "#69005a",
  sun: "#c387ff",
  ghost: "#872dc3",
  // on and under the water: blues
  boat: "#00ffff",
  duck: "#004bff",
  whale: "#1ea5ff",
  fish: "#5affff",
  octopus: "#008787",
  jellyfish: "#002db4",
  submarine: "#4b69ff",
  // plants: greens
  tree: "#00ff00",
  "pine tree": "#87ff00",
  flower: "#1eff78",
  mushroom: "#009600",
  cactus: "#3cd22d",
  pumpkin: "#a5ff4b",
  apple: "#3cb478",
  // buildings and the car: yellows
  house: "#f0ff00",
  castle: "#96a500",
  tent: "#ffff4b",
  lighthouse: "#c3d21e",
  car: "#696900",
  // things: pinks
  ball: "#d20078",
  umbrella: "#962d5a",
  teapot: "#f03c87",
  cup: "#e196b4",
  gift: "#780f2d",
  robot: "#d269a5",
  cake: "#ff4bb4",
  snowman: "#c32d69",
  // figures: blue-greens
  child: "#00d2b4",
  dancer: "#4bd2c3",
  astronaut: "#00694b",
  knight: "#87e1c3",
  wizard: "#1effc3",
  king: "#0fc387",
};

/** All classes: their names, and their colours as [r, g, b] in the same order. A label is an index of these lists. */
export const classNames: readonly string[] = [...regionNames, ...kinds.map((kind) => kind.name)];
export const palette: readonly (readonly [number, number, number])[] = [
  ...regionNames.map((region) => rgb(regionColors[region])),
  ...kinds.map((kind) => rgb(kindColors[kind.name] ?? "#000000")),
];

const labels = new Map(classNames.map((name, label) => [name, label]));

/** The label of a region or of a kind of object. */
export function labelOf(name: string): number {
  const label = labels.get(name);
  if (label === undefined) throw new RangeError(`no class is called ${name}`);
  return label;
}
