import { aurora, dawn, moonlight, night, sunset } from "./daytime.ts";
import type { Effect } from "./Effect.ts";
import { autumn, spring, winter } from "./seasons.ts";
import { fog, rain, rainbow, sandstorm, snow, storm } from "./weather.ts";

/** Every effect of the `global` task. The order is part of the data: append, never reorder. */
export const effects: readonly Effect[] = [
  ...[snow, rain, fog, storm, night, sunset, aurora, autumn, spring],
  ...[winter, dawn, moonlight, sandstorm, rainbow],
];

const byName = new Map(effects.map((effect) => [effect.name, effect]));

/** The effect of that name; a name that does not exist is a programming error. */
export function effectOf(name: string): Effect {
  const effect = byName.get(name);
  if (!effect) throw new RangeError(`no effect is called ${name}`);
  return effect;
}
