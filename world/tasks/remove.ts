import { heldOutColors, heldOutObjects, objectKey } from "../holdouts.ts";
import { forSeveral } from "../language/plural.ts";
import type { Random } from "../random.ts";
import { sampleScene } from "../sampleScene.ts";
import type { Scene } from "../scene.ts";
import { absentThings } from "./absent.ts";
import { focus } from "./focus.ts";
import { pick } from "./pick.ts";
import type { Edit, WorldTask } from "./WorldTask.ts";

export const remove: WorldTask = {
  name: "remove",
  largestShare: 0.5,
  propose(random, split) {
    const wish = focus(random, split, heldOutObjects.remove, heldOutColors);
    const source = sampleScene(random, { ...wish, ...(random.chance(0.15) ? {} : { count: 2 + random.int(3) }) });
    return removeFrom(random, source, wish.kind);
  },
  besides: absentThings("remove", () => ({ templates, slots: {} })),
};

/** Takes something out of a scene. @param wished only of this kind */
export function removeFrom(random: Random, source: Scene, wished?: string): Edit | undefined {
  const chosen = pick(random, source, wished);
  if (!chosen) return undefined;
  const { indices, object, obj, several } = chosen;
  return {
    source,
    target: { ...source, objects: source.objects.filter((_, i) => !indices.includes(i)) },
    templates: several ? forSeveral(templates) : templates,
    slots: { obj },
    compositions: [objectKey("remove", object.kind)],
  };
}

const templates = {
  train: [
    "remove <obj>",
    "remove <obj>",
    "delete <obj>",
    "erase <obj>",
    "take <obj> (out|away)",
    "take <obj> out of the (picture|image|scene)",
    "get rid of <obj>",
    "remove <obj> from the (picture|image|scene)",
    "cut out <obj>",
    "make <obj> disappear",
    "make <obj> vanish",
    "clear away <obj>",
    "drop <obj>",
    "lose <obj>",
    "wipe <obj> out",
    "=i don't want <obj>",
    "=i don't want <obj> in (it|the picture|there)",
    "=there should be no (trace|sign) of <obj>",
    "=<obj> should (go|be gone|not be there)",
    "=<obj> has to go",
    "=the (picture|scene) would be better without <obj>",
    "=without <obj> (please|)",
    "=enough of <obj>",
    "hide <obj>",
  ],
  heldOut: [
    "=<obj> is in the way, (lose|ditch) it",
    "edit <obj> out",
    "leave out <obj>",
    "=imagine <obj> was never there",
  ],
};
