import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import type { Region } from "../backgrounds/Region.ts";
import { kindOf } from "../objects/index.ts";
import type { Kind } from "../objects/Kind.ts";
import { habitatIn } from "../placement.ts";
import { canvasOf, pictureOn, squareOf } from "../render/renderScene.ts";
import type { Scene, SceneObject } from "../scene.ts";
import { drawRegions, type RegionPaint } from "./drawRegions.ts";

/** How one map draws what is in a scene. */
export interface MapPens {
  /** See `drawRegions`. */
  readonly region: (context: SKRSContext2D, region: Region, foot: number) => RegionPaint | undefined;
  /** Draws an object in its box of 100 × 100 units at the context's origin; `unit` is a unit's size in pixels. */
  readonly object: (context: SKRSContext2D, kind: Kind, object: SceneObject, unit: number) => void;
}

/** A cleared context of this size: the canvas still holds the last picture and its pens, and nothing of them may remain. */
export function clearContext(width: number, height: number, color = "#000000"): SKRSContext2D {
  const context = canvasOf(width, height).getContext("2d");
  context.reset();
  context.fillStyle = color;
  context.fillRect(0, 0, width, height);
  return context;
}

/** Moves the context into an object's box of 100 × 100 units and draws there. */
export function inBox(
  context: SKRSContext2D,
  scene: Scene,
  object: SceneObject,
  width: number,
  height: number,
  draw: (kind: Kind, unit: number) => void,
): void {
  const { left, top, side } = squareOf(object, habitatIn(scene, object), width, height);
  context.save();
  context.translate(left, top);
  context.scale(side / 100, side / 100);
  draw(kindOf(object.kind), side / 100);
  context.restore();
}

/** Draws a map from back to front: the background's regions, then the objects. Shadows and effects are in no map. */
export function drawMap(scene: Scene, width: number, height: number, pens: MapPens): Picture {
  const context = clearContext(width, height);
  context.save();
  context.scale(height, height);
  drawRegions(context, width / height, scene, (region, foot) => pens.region(context, region, foot));
  context.restore();
  for (const object of scene.objects) {
    inBox(context, scene, object, width, height, (kind, unit) => pens.object(context, kind, object, unit));
  }
  return pictureOn(context, width, height);
}
