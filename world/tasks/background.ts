import { backgroundOf, backgrounds } from "../backgrounds/index.ts";
import { heldOutValues, isHeldOut, valueKey } from "../holdouts.ts";
import { kindOf } from "../objects/index.ts";
import { fits, habitatFor } from "../placement.ts";
import { sampleScene } from "../sampleScene.ts";
import type { WorldTask } from "./WorldTask.ts";

export const background: WorldTask = {
  name: "background",
  largestShare: 0.995,
  propose(random, split) {
    const wish = split === "benchmark" ? random.pick(heldOutValues.background ?? []) : undefined;
    const source = sampleScene(random, wish ? { backgrounds: [wish[1]] } : {});
    if (source.objects.length === 0) return undefined;
    const from = backgroundOf(source.background);
    const places = backgrounds.filter(
      (each) =>
        each !== from &&
        (wish ? each.name === wish[0] : !isHeldOut(valueKey("background", each.name, from.name))) &&
        source.objects.every(
          ({ kind }) => fits(kindOf(kind), each) && habitatFor(kindOf(kind), each) === habitatFor(kindOf(kind), from),
        ),
    );
    if (places.length === 0) return undefined;
    const to = random.pick(places);
    return {
      source,
      target: { ...source, background: to.name, variant: 0 },
      templates,
      slots: { place: (each) => each.pick(to.names) },
      compositions: [valueKey("background", to.name, from.name)],
    };
  },
};

const templates = {
  train: [
    "change the background to <place>",
    "change the background to <place>",
    "make the background <place>",
    "replace the background (with|by) <place>",
    "set the background to <place>",
    "put (it|them|everything) in front of <place>",
    "swap the background for <place>",
    "turn the background into <place>",
    "use <place> as (the|a) background",
    "move the scene to <place>",
    "=the background should be <place>",
    "=i want <place> (in|as) the background",
    "=<place> in the background",
    "=new background: <place>",
    "=background: <place>",
    "let (it|this) happen at <place>",
    "=what if the background was <place>",
    "place (it|them|everything) at <place>",
    "change the (setting|place|location|surroundings) to <place>",
    "=i'd like <place> behind (it|them)",
    "draw <place> behind (it|them)",
    "have <place> behind (it|them) instead",
  ],
  heldOut: [
    "swap what's behind for <place>",
    "=it should all take place at <place>",
    "relocate (this|everything) to <place>",
    "=the backdrop should be <place>",
  ],
};
