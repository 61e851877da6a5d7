import type { SKRSContext2D } from "@napi-rs/canvas";
import { formOf, type Kind, type Part } from "../objects/Kind.ts";
import { contour, hatParts, orient, placeHat } from "../render/paintObject.ts";
import type { SceneObject } from "../scene.ts";

/** Strokes the last path's contour, or a thick line's, and fills it. `scale` is the context's, the hat's included. */
export type VisitPart = (part: Part, scale: number) => void;

/** Every part of an object in the order of painting, in its own coordinates; the hat's parts are the last. */
export function visitParts(context: SKRSContext2D, kind: Kind, object: SceneObject, visit: VisitPart): void {
  const form = formOf(kind, object.pose);
  context.save();
  orient(context, object);
  for (const part of form.parts) visit(part, 1);
  if (object.hat && form.head) {
    const scale = placeHat(context, form.head);
    for (const { path, fill } of hatParts) visit({ path, fill, outlined: true }, scale);
  }
  context.restore();
}

/** Paints all of a part, its contour included, in the context's fill style. */
export function fillPart(context: SKRSContext2D, part: Part, scale: number): void {
  context.lineJoin = "round";
  context.lineCap = "round";
  context.strokeStyle = context.fillStyle;
  const around = part.outlined ? contour / scale : 0;
  if (part.lineWidth === undefined) context.fill(part.path);
  if (part.lineWidth !== undefined || around > 0) {
    context.lineWidth = (part.lineWidth ?? 0) + around;
    context.stroke(part.path);
  }
}
