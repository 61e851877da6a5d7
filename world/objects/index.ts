import { car, castle, house, lighthouse, tent } from "./buildings.ts";
import { astronaut, child, dancer, king, knight, wizard } from "./figures.ts";
import { airplane, balloon, bird, butterfly, ghost, hotAirBalloon, kite, moon, rocket, star, sun } from "./flyers.ts";
import type { Kind } from "./Kind.ts";
import { bear, cat, dog, rabbit, sheep } from "./pets.ts";
import { apple, cactus, flower, mushroom, pine, pumpkin, tree } from "./plants.ts";
import { boat, duck, fish, jellyfish, octopus, submarine, whale } from "./swimmers.ts";
import { ball, cake, cup, gift, robot, snowman, teapot, umbrella } from "./things.ts";
import { crab, dinosaur, elephant, frog, penguin, snail, turtle } from "./wildlife.ts";

/** Every kind of object. The order is part of the data: append, never reorder. */
export const kinds: readonly Kind[] = [
  ...[cat, dog, rabbit, bear, sheep, penguin, elephant, frog, turtle, snail, dinosaur, crab],
  ...[bird, butterfly, balloon, hotAirBalloon, kite, airplane, rocket, star, moon, sun, ghost],
  ...[boat, duck, whale, fish, octopus, jellyfish, submarine],
  ...[tree, pine, flower, mushroom, cactus, pumpkin, apple],
  ...[house, castle, tent, lighthouse, car],
  ...[ball, umbrella, teapot, cup, gift, robot, cake, snowman],
  ...[child, dancer, astronaut, knight, wizard, king],
];

const byName = new Map(kinds.map((kind) => [kind.name, kind]));

/** The kind of that name; a name that does not exist is a programming error. */
export function kindOf(name: string): Kind {
  const kind = byName.get(name);
  if (!kind) throw new RangeError(`no kind of object is called ${name}`);
  return kind;
}
