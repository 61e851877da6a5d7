import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { backgroundOf } from "../backgrounds/index.ts";
import { effectOf } from "../effects/index.ts";
import { kindOf } from "../objects/index.ts";
import { habitatIn } from "../placement.ts";
import { Random } from "../random.ts";
import type { Scene, SceneObject } from "../scene.ts";
import { paintText } from "../text/paintText.ts";
import { type Bounds, boundsOf, paintObject } from "./paintObject.ts";

/** What a drawing shows besides the scene itself. */
export interface RenderExtras {
  /** Paints objects (by their indices) in one flat "#rrggbb": the `segment` task. */
  readonly flat?: { readonly indices: readonly number[]; readonly color: string };
  /** Draws a frame around one object (by its index): the `detect` task. */
  readonly frame?: { readonly index: number; readonly color: string };
}

const canvases = new Map<string, Canvas>();

/** One canvas per size, used again and again: making one costs more than drawing on it. */
export function canvasOf(width: number, height: number): Canvas {
  const key = `${width}x${height}`;
  let canvas = canvases.get(key);
  if (!canvas) {
    if (canvases.size > 8) canvases.clear();
    canvas = createCanvas(width, height);
    canvases.set(key, canvas);
  }
  return canvas;
}

/** The object's 100 × 100 box in the picture: left, top and side in pixels. */
export function squareOf(object: SceneObject, habitat: string, width: number, height: number) {
  const side = kindOf(object.kind).size * object.scale * Math.min(width, height);
  const foot = habitat === "ground" || habitat === "water" ? 1 : 0.5;
  return { left: object.x * width - side / 2, top: object.y * height - side * foot, side };
}

let shadowPaint: ReturnType<SKRSContext2D["createRadialGradient"]> | undefined;

/** A soft shadow on the ground: the light comes from the upper left, from a little behind the picture's front. */
function dropShadow(context: SKRSContext2D, middle: number, foot: number, half: number, side: number): void {
  if (!shadowPaint) {
    shadowPaint = context.createRadialGradient(0, 0, 0, 0, 0, 1);
    shadowPaint.addColorStop(0, "#20183a90");
    shadowPaint.addColorStop(0.55, "#20183a60");
    shadowPaint.addColorStop(1, "#20183a00");
  }
  context.save();
  context.translate(middle + half * 0.24, foot);
  context.scale(half * 1.3, side * 0.085);
  context.fillStyle = shadowPaint;
  context.fillRect(-1, -1, 2, 2);
  context.restore();
}

/** The box that an object's pixels fill, in pixels of a width × height picture (not cut at its edges). */
export function pixelBox(scene: Scene, object: SceneObject, width: number, height: number): Bounds {
  const { left, top, side } = squareOf(object, habitatIn(scene, object), width, height);
  const bounds = boundsOf(kindOf(object.kind), object);
  return {
    left: left + (bounds.left * side) / 100,
    top: top + (bounds.top * side) / 100,
    right: left + (bounds.right * side) / 100,
    bottom: top + (bounds.bottom * side) / 100,
  };
}

/**
 * Draws a scene at any size.
 * @param width in pixels @param height in pixels
 * @returns an 8-bit RGB picture; the same scene gives the same bytes every time
 */
export function renderScene(scene: Scene, width: number, height: number, extras: RenderExtras = {}): Picture {
  const context = canvasOf(width, height).getContext("2d");
  const w = width / height;
  const effect = scene.effect === undefined ? undefined : effectOf(scene.effect);
  // The canvas still holds the last picture and its pens (a map's round line ends, say): nothing of them may remain.
  context.reset();
  context.fillStyle = "#000000";
  context.fillRect(0, 0, width, height);
  context.save();
  context.scale(height, height);
  backgroundOf(scene.background).draw(context, w, new Random(scene.variant, 77), () => {});
  effect?.back?.(context, w);
  context.restore();

  scene.objects.forEach((object, index) => {
    const kind = kindOf(object.kind);
    const habitat = habitatIn(scene, object);
    const { left, top, side } = squareOf(object, habitat, width, height);
    const bounds = boundsOf(kind, object);
    const middle = left + ((bounds.left + bounds.right) / 200) * side;
    const half = ((bounds.right - bounds.left) / 200) * side;
    // What stands on top of something else (its foot is above the ground) throws its shadow where nobody sees it.
    if (habitat === "ground" && object.y > 0.7) dropShadow(context, middle, top + side * 0.985, half, side);
    context.save();
    context.translate(left, top);
    context.scale(side / 100, side / 100);
    paintObject(context, kind, object, extras.flat?.indices.includes(index) ? extras.flat.color : undefined);
    context.restore();
    if (habitat === "water") {
      context.fillStyle = "#dff3ffb0";
      context.beginPath();
      context.ellipse(middle, top + side * 0.985, half * 1.08, side * 0.045, 0, 0, 7);
      context.fill();
    }
  });

  if (effect?.front) {
    context.save();
    context.scale(height, height);
    effect.front(context, w);
    context.restore();
  }
  for (const text of scene.texts ?? []) paintText(context, text, width, height);
  if (extras.frame) {
    const thick = Math.max(1, Math.round(Math.min(width, height) / 32));
    const box = pixelBox(scene, scene.objects[extras.frame.index] as SceneObject, width, height);
    const left = Math.max(0, Math.round(box.left - thick));
    const top = Math.max(0, Math.round(box.top - thick));
    const right = Math.min(width, Math.round(box.right + thick));
    const bottom = Math.min(height, Math.round(box.bottom + thick));
    context.fillStyle = extras.frame.color;
    context.fillRect(left, top, right - left, thick);
    context.fillRect(left, bottom - thick, right - left, thick);
    context.fillRect(left, top, thick, bottom - top);
    context.fillRect(right - thick, top, thick, bottom - top);
  }

  return pictureOn(context, width, height);
}

/** What the context's canvas shows. */
export function pictureOn(context: SKRSContext2D, width: number, height: number): Picture {
  const rgba = context.getImageData(0, 0, width, height).data;
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4, to += 3) {
    data[to] = rgba[from] as number;
    data[to + 1] = rgba[from + 1] as number;
    data[to + 2] = rgba[from + 2] as number;
  }
  return { width, height, data };
}
