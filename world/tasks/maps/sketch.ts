import { edgeFilter } from "../../foreign/edgeFilter.ts";
import { foreignEdits } from "../../foreign/foreignEdit.ts";
import type { WorldTask } from "../WorldTask.ts";
import { type MapWords, mapTask } from "./mapTask.ts";

const words: MapWords = {
  noun: "a line drawing",
  toMap: {
    train: [
      "turn (this|it|the picture) into a line drawing",
      "turn (this|it|the picture) into a line sketch",
      "make a line drawing (of this|from this|of the scene|)",
      "make it (line art|a line drawing)",
      "draw only the (outlines|contours|lines)",
      "draw just the (outlines|contours) of everything",
      "show only the (outlines|contours|lines)",
      "=line drawing(, please|)",
      "=line art",
      "=only the outlines",
      "=image to line art",
      "convert (this|the image|the photo) (to|into) (line art|a line drawing|a line sketch)",
      "generate a line sketch (for|of) this (image|picture|scene)",
      "trace the (outlines|contours) (of everything|)",
      "trace (everything|the picture) with thin black lines",
      "make a coloring page (of this|out of this|)",
      "=i want to color this in, give me the outlines",
      "=i need the line drawing (of this|)",
      "extract the (contours|outlines|lines)",
      "remove all color and leave the (outlines|contours)",
      "keep nothing but black lines on white",
      "=black lines on white paper, no fills",
      "sketch the (outlines|contours) of this",
    ],
    heldOut: [
      "=as if only inked, not colored",
      "reduce (this|the picture) to its contours",
      "outline all shapes on a white page",
    ],
  },
  toPicture: {
    train: [
      "turn this line drawing into a picture of <caption>",
      "turn this sketch into <caption>",
      "make a picture of <caption> from this (line drawing|sketch)",
      "use this (line drawing|sketch) to (draw|paint|make) <caption>",
      "generate <caption> from the (lines|sketch|line art)",
      "=line drawing to picture: <caption>",
      "=sketch to image: <caption>",
      "=from sketch: <caption>",
      "color this in: <caption>",
      "color in the (sketch|line drawing|lines) as <caption>",
      "color the (sketch|drawing) so that it shows <caption>",
      "convert the line art to a picture with <things> <place>",
      "paint <caption> over these lines",
      "fill in the (outlines|lines) to get <caption>",
      "=this is a sketch of <caption>, finish it",
      "=these are the outlines of <caption>, color them in",
      "=<caption>, with these outlines",
      "render <caption> following the lines",
      "=i want <caption> from this sketch",
      "make this sketch a real picture of <caption>",
      "finish the drawing: <things> <place>",
      "=what would this sketch look like as <caption>?",
      "paint this coloring page: <things> <place>",
    ],
    heldOut: [
      "=the lines belong to <caption>, show the picture",
      "bring this line drawing to life as <caption>",
      "go from the inked outlines to <caption>",
    ],
  },
};

/** Scenes have exact lines; any other picture gets those of a filter. */
export const sketch: WorldTask = {
  ...mapTask("sketch", words),
  besides: foreignEdits(
    () => ({
      post: edgeFilter,
      templates: words.toMap,
      slots: {},
      targetCaption: (caption) => `${words.noun} of ${caption}`,
    }),
    true,
  ),
};
