import { markerColors } from "../colors.ts";
import { heldOutObjects, objectKey } from "../holdouts.ts";
import { article, type Templates } from "../language/grammar.ts";
import { forSeveral, numberWord, pluralOf } from "../language/plural.ts";
import { absentThings } from "./absent.ts";
import { markOf, proposeMark } from "./proposeMark.ts";
import type { WorldTask } from "./WorldTask.ts";

export const segment: WorldTask = {
  name: "segment",
  largestShare: 0.5,
  propose(random, split) {
    const marked = proposeMark(random, split, heldOutObjects.segment, true);
    if (!marked) return undefined;
    const { source, indices, object, obj, several, mark } = marked;
    const own = mark.named ? namedTemplates : templates;
    const things = several ? `${numberWord(indices.length)} ${pluralOf(object.kind)}` : object.kind;
    return {
      source,
      target: source,
      extras: { flat: { indices, color: markerColors[mark.color] } },
      templates: several ? forSeveral(own) : own,
      slots: { obj, color: mark.color, acolor: article(mark.color) },
      targetCaption: (caption) => `${caption}, with the ${things} segmented in ${mark.color}`,
      compositions: [objectKey("segment", object.kind)],
    };
  },
  besides: absentThings("segment", (random, kind) => {
    const mark = markOf(random, kind.name);
    return (
      mark && {
        templates: mark.named ? namedTemplates : templates,
        slots: { color: mark.color, acolor: article(mark.color) },
      }
    );
  }),
};

const templates: Templates = {
  train: [
    "segment <obj>",
    "segment <obj>",
    "segment out <obj>",
    "show the segmentation of <obj>",
    "mask <obj>",
    "paint a mask over <obj>",
    "fill in the pixels of <obj>",
    "highlight all pixels of <obj>",
    "mark (every pixel|all the pixels|the pixels) of <obj>",
    "create a mask (for|of) <obj>",
    "=segmentation mask of <obj>",
    "=mask for <obj>",
    "draw the mask of <obj>",
    "=which pixels belong to <obj>?",
    "shade the whole area of <obj>",
    "do a segmentation of <obj>",
    "cover <obj> with a mask",
    "=i need a mask of <obj>",
    "fill the silhouette of <obj>",
    "mark the exact shape of <obj>",
  ],
  heldOut: ["isolate the pixels of <obj>", "=show which area <obj> covers", "give me the segment of <obj>"],
};

const namedTemplates: Templates = {
  train: [
    "segment <obj> in <color>",
    "segment <obj> in <color>",
    "segment <obj> with <color>",
    "paint the pixels of <obj> <color>",
    "color all (the|) pixels of <obj> flat <color>",
    "mask <obj> in <color>",
    "fill the silhouette of <obj> with <color>",
    "mark (every pixel|the pixels) of <obj> in <color>",
    "highlight the pixels of <obj> in <color>",
    "put <acolor> mask (on|over) <obj>",
    "=<color> mask for <obj>",
    "draw <acolor> mask over <obj>",
    "cover <obj> with <acolor> mask",
    "fill the whole shape of <obj> with flat <color>",
    "create <acolor> segmentation mask of <obj>",
    "=i need <acolor> mask of <obj>",
    "show the segmentation of <obj> in <color>",
    "fill the area of <obj> with solid <color>",
    "=segmentation of <obj>, in <color>",
  ],
  heldOut: [
    "isolate the pixels of <obj> in <color>",
    "=show the area <obj> covers in <color>",
    "give me the segment of <obj> in <color>",
  ],
};
