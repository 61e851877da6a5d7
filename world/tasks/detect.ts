import { type MarkerColor, markerColors } from "../colors.ts";
import { heldOutObjects, objectKey } from "../holdouts.ts";
import { article, type Templates } from "../language/grammar.ts";
import { absentThings } from "./absent.ts";
import { markOf, proposeMark } from "./proposeMark.ts";
import type { WorldTask } from "./WorldTask.ts";

export const detect: WorldTask = {
  name: "detect",
  largestShare: 0.3,
  propose(random, split) {
    const marked = proposeMark(random, split, heldOutObjects.detect);
    if (!marked) return undefined;
    const { source, indices, object, obj, mark } = marked;
    const [index] = indices as readonly [number];
    return {
      source,
      target: source,
      extras: { frame: { index, color: markerColors[mark.color] } },
      templates: mark.named ? namedTemplates : templates,
      slots: { obj, ...slotsOf(mark.color) },
      targetCaption: (caption) => `${caption}, with ${article(mark.color)} box around the ${object.kind}`,
      compositions: [objectKey("detect", object.kind)],
    };
  },
  besides: absentThings("detect", (random, kind) => {
    const mark = markOf(random, kind.name);
    return mark && { templates: mark.named ? namedTemplates : templates, slots: slotsOf(mark.color) };
  }),
};

const slotsOf = (color: MarkerColor) => ({
  box: `${article(color)} box`,
  frame: `${article(color)} frame`,
  rectangle: `${article(color)} rectangle`,
  color,
});

const templates: Templates = {
  train: [
    "detect <obj>",
    "detect <obj>",
    "find <obj>",
    "locate <obj>",
    "draw a (bounding box|box|frame|rectangle) around <obj>",
    "draw a box around <obj>",
    "put a (box|frame) around <obj>",
    "mark <obj> with a box",
    "show me where <obj> is",
    "box <obj>",
    "frame <obj>",
    "outline <obj> with a (box|rectangle)",
    "=where is <obj>?",
    "=where's <obj>",
    "point out <obj> with a box",
    "add a bounding box (around|to) <obj>",
    "=bounding box of <obj>",
    "=i want a (box|frame) around <obj>",
    "highlight <obj> with a (box|rectangle)",
    "spot <obj>",
  ],
  heldOut: ["pinpoint <obj>", "enclose <obj> in a box", "=show where to look for <obj>"],
};

const namedTemplates: Templates = {
  train: [
    "draw <box> around <obj>",
    "draw <box> around <obj>",
    "put <box> around <obj>",
    "put <frame> around <obj>",
    "draw <frame> around <obj>",
    "draw <rectangle> around <obj>",
    "mark <obj> with <box>",
    "detect <obj> with <box>",
    "detect <obj> in <color>",
    "find <obj> and draw <box> around it",
    "add <rectangle> around <obj>",
    "frame <obj> in <color>",
    "box <obj> in <color>",
    "show me where <obj> is with <box>",
    "=i want <box> around <obj>",
    "=<box> around <obj>",
    "=there should be <box> around <obj>",
    "highlight <obj> with <box>",
    "locate <obj> with <rectangle>",
    "add a <color> bounding box to <obj>",
  ],
  heldOut: ["enclose <obj> in <box>", "surround <obj> with <rectangle>", "=<color> box, right around <obj>"],
};
