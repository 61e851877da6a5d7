import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { markerColors, rgb } from "../colors.ts";
import { article, type Templates } from "../language/grammar.ts";
import type { Scene } from "../scene.ts";
import { proposeMark } from "../tasks/proposeMark.ts";
import type { WorldTask } from "../tasks/WorldTask.ts";
import { outline } from "./outline.ts";
import { pixelsOf } from "./pixelsOf.ts";

/** The contour of one named object is drawn, in red unless another colour is named. */
export const contour: WorldTask<"contour"> = {
  name: "contour",
  largestShare: 0.3,
  propose(random, split) {
    const marked = proposeMark(random, split, undefined);
    if (!marked) return undefined;
    const { source, indices, object, obj, mark } = marked;
    const [index] = indices as readonly [number];
    return {
      source,
      target: source,
      post: (picture) => traced(picture, source, index, markerColors[mark.color]),
      templates: mark.named ? namedTemplates : templates,
      slots: { obj, color: mark.color, acolor: article(mark.color) },
      targetCaption: (caption) => `${caption}, with the contour of the ${object.kind} in ${mark.color}`,
      compositions: [],
    };
  },
};

/** The line lies on the object's own border pixels, 2 pixels wide at 64. */
function traced({ width, height, data }: Picture, scene: Scene, index: number, color: string): Picture {
  const thick = Math.max(1, Math.round(Math.min(width, height) / 32));
  const line = outline(pixelsOf(scene, index, width, height), width, height, thick);
  const result = data.slice();
  const ink = rgb(color);
  line.forEach((on, i) => {
    if (on) result.set(ink, i * 3);
  });
  return { width, height, data: result };
}

const templates: Templates = {
  train: [
    "trace the contour of <obj>",
    "draw the contour of <obj>",
    "trace <obj>",
    "draw a line along the edge of <obj>",
    "trace the outline of <obj>",
    "outline the shape of <obj>",
    "detect the contour of <obj>",
    "find the contours of <obj>",
    "show the contour of <obj>",
    "mark the (border|boundary|silhouette's edge) of <obj>",
    "go around <obj> with a line",
    "draw the outer line of <obj>",
    "=contour of <obj>",
    "=the outline of <obj>, as a line",
    "=where does <obj> end? draw the line",
    "=i want to see the contour of <obj>",
    "follow the edge of <obj> with a pen",
    "line out the silhouette of <obj>",
    "highlight just the contour of <obj>",
  ],
  heldOut: ["run a line around the rim of <obj>", "=show the border of <obj>", "delineate <obj>"],
};

const namedTemplates: Templates = {
  train: [
    "trace the contour of <obj> in <color>",
    "draw the contour of <obj> in <color>",
    "trace <obj> in <color>",
    "draw <acolor> line along the edge of <obj>",
    "trace the outline of <obj> with <acolor> line",
    "outline the shape of <obj> in <color>",
    "detect the contour of <obj> in <color>",
    "show the contour of <obj> in <color>",
    "mark the (border|boundary) of <obj> in <color>",
    "go around <obj> with <acolor> line",
    "draw the outer line of <obj> in <color>",
    "=<color> contour of <obj>",
    "=the outline of <obj>, as <acolor> line",
    "=i want to see the contour of <obj> in <color>",
    "follow the edge of <obj> with <acolor> pen",
    "line out the silhouette of <obj> in <color>",
    "highlight just the contour of <obj> in <color>",
  ],
  heldOut: [
    "run <acolor> line around the rim of <obj>",
    "=show the border of <obj> in <color>",
    "delineate <obj> in <color>",
  ],
};
