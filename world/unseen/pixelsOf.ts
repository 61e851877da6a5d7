import { renderScene } from "../render/renderScene.ts";
import type { Scene } from "../scene.ts";

/** The pixels that an object fills as far as it can be seen (at least half of each): one byte per pixel, 0 or 1. */
export function pixelsOf(scene: Scene, index: number, width: number, height: number): Uint8Array {
  const painted = (color: string) => renderScene(scene, width, height, { flat: { indices: [index], color } }).data;
  const [black, white] = [painted("#000000"), painted("#ffffff")];
  // What is drawn over the object, water around its foot, say, lets less of the difference through.
  return Uint8Array.from({ length: width * height }, (_, i) =>
    (white[i * 3] as number) - (black[i * 3] as number) >= 128 ? 1 : 0,
  );
}
