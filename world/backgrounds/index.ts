import type { Background } from "./Background.ts";
import { candyLand, nightCity, room, space, street } from "./city.ts";
import { desert, farm, forest, meadow, mountains, park, snowField } from "./land.ts";
import { arcticSea, beach, lake, sea, seaCave, underwater } from "./water.ts";

/** Every background. The order is part of the data: append, never reorder. */
export const backgrounds: readonly Background[] = [
  ...[meadow, beach, desert, snowField, forest, mountains, farm, park, street],
  ...[nightCity, room, space, candyLand],
  ...[sea, lake, arcticSea],
  ...[underwater, seaCave],
];

const byName = new Map(backgrounds.map((background) => [background.name, background]));

/** The background of that name; a name that does not exist is a programming error. */
export function backgroundOf(name: string): Background {
  const background = byName.get(name);
  if (!background) throw new RangeError(`no background is called ${name}`);
  return background;
}
