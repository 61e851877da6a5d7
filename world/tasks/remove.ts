import { heldOutColors, heldOutObjects, objectKey } from "../holdouts.ts";
import { canName, naming } from "../language/describe.ts";
import { sampleScene } from "../sampleScene.ts";
import { focus } from "./focus.ts";
import type { WorldTask } from "./WorldTask.ts";

export const remove: WorldTask = {
  name: "remove",
  propose(random, split) {
    const wish = focus(random, split, heldOutObjects.remove, heldOutColors);
    const source = sampleScene(random, { ...wish, ...(random.chance(0.15) ? {} : { count: 2 + random.int(3) }) });
    const index = wish.kind
      ? source.objects.findIndex((each) => each.kind === wish.kind)
      : random.int(source.objects.length);
    const object = source.objects[index];
    if (!object || !canName(source, index)) return undefined;
    return {
      source,
      target: { ...source, objects: source.objects.filter((_, i) => i !== index) },
      templates,
      slots: { obj: naming(source, index) },
      compositions: [objectKey("remove", object.kind)],
    };
  },
};

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
