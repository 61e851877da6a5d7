import type { TaskName } from "../src/queue/tasks.ts";
import type { ColorName } from "./colors.ts";

/**
 * Compositions that the train split never shows, neither in a picture nor in an instruction, and of which every
 * benchmark pair contains at least one. Fixed: changing them changes what every published score means.
 */

/** (object, colour): the object never has this colour in training (materials have no colour of their own). */
export const heldOutColors: Readonly<Record<string, ColorName>> = {
  cat: "blue",
  dog: "purple",
  bear: "green",
  sheep: "red",
  penguin: "orange",
  elephant: "pink",
  turtle: "turquoise",
  snail: "yellow",
  dinosaur: "brown",
  bird: "black",
  butterfly: "gray",
  balloon: "white",
  kite: "blue",
  airplane: "purple",
  rocket: "green",
  moon: "red",
  sun: "pink",
  boat: "orange",
  duck: "turquoise",
  fish: "yellow",
  octopus: "brown",
  jellyfish: "black",
  tree: "gray",
  "pine tree": "white",
  mushroom: "blue",
  cactus: "purple",
  pumpkin: "green",
  house: "red",
  castle: "pink",
  lighthouse: "orange",
  car: "turquoise",
  umbrella: "yellow",
  teapot: "brown",
  gift: "black",
  robot: "white",
  snowman: "gray",
  child: "purple",
  dancer: "gray",
  knight: "pink",
  wizard: "yellow",
};

/** (task, object): training never shows this task with this object as the one that is edited. */
export const heldOutObjects: Readonly<Partial<Record<TaskName, readonly string[]>>> = {
  add: ["rabbit", "car", "fish"],
  remove: ["dog", "tree", "whale"],
  local: ["frog", "balloon", "boat", "wizard"],
  texture: ["elephant", "house", "duck"],
  detect: ["cat", "mushroom", "octopus"],
  segment: ["bird", "ball", "submarine"],
  depth: ["teapot", "penguin", "jellyfish"],
  segmap: ["pumpkin", "robot", "whale"],
  pose: ["king"],
  normal: ["car", "snail", "submarine"],
  sketch: ["turtle", "castle", "kite"],
};

/** (value, background): training never shows this effect, style or adjustment on this background. */
export const heldOutValues: Readonly<Partial<Record<TaskName, readonly (readonly [string, string])[]>>> = {
  background: [
    ["desert", "meadow"],
    ["meadow", "snow field"],
    ["beach", "forest"],
    ["night city", "beach"],
    ["room", "space"],
    ["space", "mountains"],
    ["forest", "candy land"],
    ["street", "desert"],
    ["farm", "night city"],
    ["mountains", "street"],
    ["candy land", "farm"],
    ["park", "room"],
    ["lake", "sea"],
    ["sea cave", "underwater"],
  ],
  global: [
    ["snow", "beach"],
    ["rain", "desert"],
    ["fog", "farm"],
    ["thunderstorm", "lake"],
    ["night", "forest"],
    ["sunset", "mountains"],
    ["northern lights", "meadow"],
    ["autumn", "street"],
    ["spring", "park"],
    ["winter", "farm"],
    ["dawn", "forest"],
    ["moonlit night", "beach"],
    ["sandstorm", "street"],
    ["rainbow", "sea"],
  ],
  style: [
    ["pencil sketch", "forest"],
    ["pixel art", "beach"],
    ["watercolor", "night city"],
    ["comic book", "meadow"],
    ["stained glass", "sea"],
    ["mosaic", "room"],
    ["oil painting", "desert"],
    ["blueprint", "space"],
    ["neon", "mountains"],
    ["chalk drawing", "lake"],
    ["pop art", "farm"],
    ["woodcut", "candy land"],
  ],
  color: [
    ["brighter", "forest"],
    ["darker", "beach"],
    ["more contrast", "meadow"],
    ["less contrast", "desert"],
    ["more saturated", "room"],
    ["less saturated", "candy land"],
    ["hue", "mountains"],
    ["grayscale", "sea"],
    ["sepia", "space"],
    ["inverted", "park"],
    ["blurred", "street"],
    ["sharpened", "night city"],
    ["warmer", "snow field"],
    ["cooler", "farm"],
    ["defocused", "lake"],
  ],
  // The direction: to the map, or to the picture.
  depth: [
    ["map", "forest"],
    ["map", "lake"],
    ["picture", "beach"],
    ["picture", "candy land"],
  ],
  segmap: [
    ["map", "street"],
    ["map", "underwater"],
    ["picture", "farm"],
    ["picture", "snow field"],
  ],
  normal: [
    ["map", "mountains"],
    ["map", "icy sea"],
    ["picture", "meadow"],
    ["picture", "room"],
  ],
  sketch: [
    ["map", "night city"],
    ["map", "park"],
    ["picture", "desert"],
    ["picture", "sea cave"],
  ],
  pose: [
    ["map", "beach"],
    ["picture", "park"],
  ],
  // A text's font or colour.
  text: [
    ["sans", "night city"],
    ["serif", "desert"],
    ["handwritten", "street"],
    ["typewriter", "forest"],
    ["comic", "sea"],
    ["poster", "space"],
    ["gothic", "meadow"],
    ["pixel", "lake"],
    ["red", "beach"],
    ["orange", "farm"],
    ["yellow", "snow field"],
    ["green", "room"],
    ["turquoise", "mountains"],
    ["blue", "park"],
    ["purple", "candy land"],
    ["pink", "desert"],
    ["brown", "underwater"],
    ["black", "street"],
    ["white", "meadow"],
    ["gray", "sea cave"],
  ],
};

/** The key of an (object, colour) composition. */
export const colorKey = (kind: string, color: ColorName): string => `${kind}+${color}`;
/** The key of a (task, object) composition. */
export const objectKey = (task: TaskName, kind: string): string => `${task}:${kind}`;
/** The key of a (task's value, background) composition. */
export const valueKey = (task: TaskName, value: string, background: string): string => `${task}=${value}@${background}`;

const heldOut: ReadonlySet<string> = new Set([
  ...Object.entries(heldOutColors).map(([kind, color]) => colorKey(kind, color)),
  ...Object.entries(heldOutObjects).flatMap(([task, names]) => names.map((name) => objectKey(task as TaskName, name))),
  ...Object.entries(heldOutValues).flatMap(([task, pairs]) =>
    pairs.map(([value, background]) => valueKey(task as TaskName, value, background)),
  ),
]);

/** Every held-out composition's key. */
export const heldOutKeys: readonly string[] = [...heldOut];

export const isHeldOut = (key: string): boolean => heldOut.has(key);
