import type { SKRSContext2D } from "@napi-rs/canvas";
import { formOf, type Kind, type Part } from "../objects/Kind.ts";
import { eyes, mouths, orient, placeFace } from "../render/paintObject.ts";
import type { SceneObject } from "../scene.ts";
import { drawMap } from "./drawMap.ts";
import { ink } from "./drawRegions.ts";
import type { MapRenderer } from "./MapRenderer.ts";
import { visitParts } from "./visitParts.ts";

const paper = "#ffffff";
/** Width of a line in shares of the picture's shorter side: 1.15 pixels at 64. */
const lineShare = 0.018;
/** The background is drawn a little finer than what stands before it. */
const behindShare = 0.014;

/** One part: its contour in ink, paper inside, so that it hides what is behind it. `width` is in the part's units. */
function sketchPart(context: SKRSContext2D, part: Part, width: number): void {
  context.strokeStyle = ink;
  if (part.lineWidth !== undefined) {
    const inside = part.lineWidth - width;
    const tube = inside > width * 0.8;
    context.lineWidth = tube ? part.lineWidth + width : width;
    context.stroke(part.path);
    if (!tube) return;
    context.strokeStyle = paper;
    context.lineWidth = inside;
    context.stroke(part.path);
    return;
  }
  context.fillStyle = paper;
  context.fill(part.path);
  context.lineWidth = width;
  context.stroke(part.path);
}

function sketchFace(context: SKRSContext2D, kind: Kind, object: SceneObject, width: number): void {
  const { face } = formOf(kind, object.pose);
  if (!face) return;
  const mood = object.mood ?? "happy";
  context.save();
  orient(context, object);
  context.lineWidth = width / placeFace(context, face);
  context.strokeStyle = ink;
  context.stroke(eyes[mood]);
  context.stroke(mouths[mood]);
  context.restore();
}

/** A clean line drawing: the contours of all parts of the objects and of the background's main shapes, without fills. */
export const sketch: MapRenderer = (scene, width, height) => {
  const side = Math.min(width, height);
  return drawMap(scene, width, height, {
    region: (_, region) =>
      region === "sky" || region === "open water" || region === "wall"
        ? { style: paper }
        : { style: paper, contour: (behindShare * side) / height },
    object(context, kind, object, unit) {
      const line = (lineShare * side) / unit;
      context.lineJoin = "round";
      context.lineCap = "round";
      visitParts(context, kind, object, (part, scale) => sketchPart(context, part, line / scale));
      sketchFace(context, kind, object, line);
    },
  });
};
