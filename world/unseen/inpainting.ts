import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { habitatIn, unitBox } from "../placement.ts";
import type { Random } from "../random.ts";
import type { Bounds } from "../render/paintObject.ts";
import type { Scene } from "../scene.ts";
import type { WorldTask } from "../tasks/WorldTask.ts";
import { sceneFor } from "./sceneFor.ts";

/** Sides of the box in shares of the picture's. */
const [least, most] = [0.2, 0.36];
/** The share of an object's box that may be hidden, so that what is left still tells what it is. */
const mostHidden = 0.45;
const gray = 128;

/** A grey box covers a part of the picture, and what is behind it comes back. */
export const inpainting: WorldTask<"inpainting"> = {
  name: "inpainting",
  largestShare: 0.2,
  propose(random, split) {
    const scene = sceneFor(random, split);
    const box = boxIn(random, scene);
    if (!box) return undefined;
    return {
      source: scene,
      target: scene,
      spoil: (picture) => covered(picture, box),
      templates,
      slots: {},
      sourceCaption: (caption) => `${caption}, with a gray box over a part of it`,
      compositions: [],
    };
  },
};

/** A box that hides a bit of an object (most of the time), but nothing that the rest of the picture does not suggest. */
function boxIn(random: Random, scene: Scene): Bounds | undefined {
  const boxes = scene.objects.map((object) => unitBox(object, habitatIn(scene, object)));
  const touches = random.chance(0.75);
  for (let attempt = 0; attempt < 20; attempt++) {
    const [width, height] = [random.range(least, most), random.range(least, most)];
    const [left, top] = [random.range(0.02, 0.98 - width), random.range(0.02, 0.98 - height)];
    const box = { left, top, right: left + width, bottom: top + height };
    const shares = boxes.map((each) => hidden(each, box));
    if (shares.some((share) => share > mostHidden)) continue;
    if (!touches || shares.some((share) => share > 0.12)) return box;
  }
  return undefined;
}

/** The share of `box` that `cover` hides. */
function hidden(box: Bounds, cover: Bounds): number {
  const width = Math.min(box.right, cover.right) - Math.max(box.left, cover.left);
  const height = Math.min(box.bottom, cover.bottom) - Math.max(box.top, cover.top);
  return (Math.max(0, width) * Math.max(0, height)) / ((box.right - box.left) * (box.bottom - box.top));
}

/** The picture with a flat grey box; `box` in shares of its sides. */
function covered({ width, height, data }: Picture, box: Bounds): Picture {
  const result = data.slice();
  const [left, right] = [Math.round(box.left * width), Math.round(box.right * width)];
  for (let y = Math.round(box.top * height); y < Math.round(box.bottom * height); y++) {
    result.fill(gray, (y * width + left) * 3, (y * width + right) * 3);
  }
  return { width, height, data: result };
}

const templates = {
  train: [
    "fill in the (gray|grey) (box|area|rectangle|patch)",
    "fill the (gray|grey) (box|area|hole|patch)",
    "remove the (gray|grey) (box|rectangle|patch)",
    "restore what is behind the (gray|grey) (box|patch)",
    "paint what (belongs|should be) under the (gray|grey) (box|area)",
    "complete the (picture|image) where it is gray",
    "repair the (missing|covered|hidden) (part|area) of the picture",
    "fill in the missing (part|piece|area)",
    "(restore|reconstruct) the (covered|hidden) part",
    "uncover what the (gray|grey) box hides",
    "=a part is missing, fill it in",
    "=a gray box is in the way, take it off",
    "=what is behind the gray box?",
    "=there is a hole in the picture, close it",
    "=no more gray box",
    "replace the gray box with what was there",
    "inpaint the (gray|grey) (box|area)",
    "finish the picture inside the (gray|grey) box",
    "patch up the gray rectangle so that it fits its surroundings",
  ],
  heldOut: ["continue the scene through the gray box", "=imagine the blanked-out part", "make up for the blank spot"],
};
