import { regions } from "../backgrounds/Region.ts";
import { drawMap } from "./drawMap.ts";
import type { MapRenderer } from "./MapRenderer.ts";
import { reliefOf } from "./relief.ts";

/** Normals as colours: x to the right is red, y up is green, z to us is blue; −1 … 1 is 0 … 255. */
export const facingUs = "#8080ff";
export const facingUp = "#80ff80";

/** Surface normals: the background faces us, the ground faces up, objects are rounded. */
export const normal: MapRenderer = (scene, width, height) =>
  drawMap(scene, width, height, {
    region: (_, region) => ({ style: regions[region] === "level" ? facingUp : facingUs }),
    object(context, kind, object, unit) {
      const { canvas, box } = reliefOf(kind, object, unit);
      context.imageSmoothingEnabled = true;
      context.drawImage(canvas, box.left, box.top, box.right - box.left, box.bottom - box.top);
    },
  });
