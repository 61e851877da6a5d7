import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { markerColors, rgb } from "../colors.ts";
import { heldOutColors } from "../holdouts.ts";
import { numberWord, pluralOf } from "../language/plural.ts";
import { kindOf } from "../objects/index.ts";
import { sampleScene } from "../sampleScene.ts";
import { focus } from "../tasks/focus.ts";
import type { WorldTask } from "../tasks/WorldTask.ts";

/** Kinds that a background may show too: how many there are would be open to debate. */
const uncounted: ReadonlySet<string> = new Set([
  "tree",
  "pine tree",
  "flower",
  "house",
  "star",
  "cactus",
  "sun",
  "moon",
]);
/** All in shares of the picture's shorter side: at 64 pixels dots of 5 pixels, 2 apart, 3 from the upper left corner. */
const [dot, gap, margin] = [5 / 64, 2 / 64, 3 / 64];
/** So many dots stand in the row at most. */
const most = 8;

/** As many red dots in a row at the upper edge, from the left, as the picture has things of the named kind. */
export const count: WorldTask<"count"> = {
  name: "count",
  largestShare: 0.1,
  propose(random, split) {
    const source = sampleScene(random, focus(random, split, undefined, heldOutColors));
    const kinds = [...new Set(source.objects.map((object) => object.kind))].filter((kind) => !uncounted.has(kind));
    if (kinds.length === 0) return undefined;
    const kind = random.pick(kinds);
    const number = source.objects.filter((object) => object.kind === kind).length;
    // Most things stand alone: a learner must see more than one dot.
    if (number > most || (number === 1 && !random.chance(0.05))) return undefined;
    const { name, synonyms = [] } = kindOf(kind);
    return {
      source,
      target: source,
      post: (picture) => dotted(picture, number),
      templates,
      slots: { things: (each) => pluralOf(synonyms.length > 0 && each.chance(0.1) ? each.pick(synonyms) : name) },
      targetCaption: (caption) =>
        `${caption}, with ${numberWord(number)} red ${number === 1 ? "dot" : "dots"} at the top`,
      compositions: [],
    };
  },
};

/** A pixel belongs to a dot if its centre does. */
function dotted({ width, height, data }: Picture, number: number): Picture {
  const side = Math.min(width, height);
  const result = data.slice();
  const ink = rgb(markerColors.red);
  const radius = (dot / 2) * side;
  const middle = margin * side + radius;
  for (let y = 0; y < middle + radius; y++) {
    for (let x = 0; x < width; x++) {
      const nearest = Math.round((x + 0.5 - middle) / ((dot + gap) * side));
      const center = middle + Math.min(number - 1, Math.max(0, nearest)) * (dot + gap) * side;
      if ((x + 0.5 - center) ** 2 + (y + 0.5 - middle) ** 2 <= radius ** 2) result.set(ink, (y * width + x) * 3);
    }
  }
  return { width, height, data: result };
}

const templates = {
  train: [
    "count the <things>",
    "count the <things> with dots",
    "count the <things> by drawing dots",
    "draw a dot for (each|every one) of the <things>",
    "draw (one|a) dot for each of the <things>",
    "draw as many dots as there are <things>",
    "put a dot at the top for each of the <things>",
    "show the number of <things> as dots",
    "tally the <things> with dots",
    "tell me the number of <things> in dots",
    "mark the number of <things> with red dots",
    "write down how many <things> there are, as dots",
    "=how many <things> are there? answer with dots",
    "=how many <things> do you see?",
    "=number of <things>, in dots",
    "=one dot per item: the <things>",
    "=i want a dot for each of the <things>",
    "count all the <things>",
    "make a row of dots, one for each of the <things>",
  ],
  heldOut: ["add up the <things>", "=what is the count of <things>?", "keep score of the <things> with dots"],
};
