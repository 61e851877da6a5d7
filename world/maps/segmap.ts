import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { paintObject } from "../render/paintObject.ts";
import type { Scene } from "../scene.ts";
import { clearContext, inBox } from "./drawMap.ts";
import { drawRegions } from "./drawRegions.ts";
import { labelOf, palette } from "./palette.ts";

/**
 * What each pixel shows: indices of `classNames`, rows from the top. A layer owns the pixels of which it covers at
 * least half, so that no edge has a mixed colour.
 */
export function labelMap(scene: Scene, width: number, height: number): Uint8Array {
  // No label yet: a background that leaves a pixel out is an error in `segmap`.
  const labels = new Uint8Array(width * height).fill(255);
  const context = clearContext(width, height);
  const take = (label: number) => {
    const { data } = context.getImageData(0, 0, width, height);
    for (let pixel = 0, i = 0; pixel < labels.length; pixel++, i += 4) {
      if ((data[i] as number) >= 128) labels[pixel] = label;
    }
    wipe(context, width, height);
  };

  context.save();
  context.scale(height, height);
  let pending: number | undefined;
  drawRegions(context, width / height, scene, (region) => {
    const label = labelOf(region);
    if (pending !== undefined && pending !== label) take(pending);
    pending = label;
    return { style: "#ffffff" };
  });
  context.restore();
  if (pending !== undefined) take(pending);
  for (const object of scene.objects) {
    inBox(context, scene, object, width, height, (kind) => paintObject(context, kind, object, "#ffffff"));
    take(labelOf(object.kind));
  }
  return labels;
}

function wipe(context: SKRSContext2D, width: number, height: number): void {
  context.save();
  context.resetTransform();
  context.fillStyle = "#000000";
  context.fillRect(0, 0, width, height);
  context.restore();
}

/** One flat colour for each class (palette.ts), without shadows, outlines or patterns. */
export function segmap(scene: Scene, width: number, height: number): Picture {
  const labels = labelMap(scene, width, height);
  const data = new Uint8Array(labels.length * 3);
  for (let pixel = 0, i = 0; pixel < labels.length; pixel++, i += 3) {
    const color = palette[labels[pixel] as number] as readonly [number, number, number];
    data[i] = color[0];
    data[i + 1] = color[1];
    data[i + 2] = color[2];
  }
  return { width, height, data };
}
