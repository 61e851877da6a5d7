import type { Picture } from "../../gpu-worker/image/Picture.ts";
import type { WorldTask } from "../tasks/WorldTask.ts";
import { sceneFor } from "./sceneFor.ts";

/** The whole picture is mirrored: left becomes right. */
export const mirror: WorldTask<"mirror"> = {
  name: "mirror",
  propose(random, split) {
    const scene = sceneFor(random, split);
    return {
      source: scene,
      target: scene,
      post: mirrored,
      templates,
      slots: {},
      targetCaption: (caption) => `a mirrored picture of ${caption}`,
      compositions: [],
    };
  },
};

function mirrored({ width, height, data }: Picture): Picture {
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + width - 1 - x) * 3;
      result.set(data.subarray(from, from + 3), (y * width + x) * 3);
    }
  }
  return { width, height, data: result };
}

const templates = {
  train: [
    "mirror (this|it|the picture|the image)",
    "mirror the picture from left to right",
    "flip (this|it|the picture|the image) horizontally",
    "flip the (picture|image) sideways",
    "swap left and right",
    "exchange left and right in the (picture|image)",
    "turn the picture around so that left is right",
    "show (this|it) as in a mirror",
    "show the mirror image",
    "reflect the (picture|image) from left to right",
    "make a mirror image of (this|it)",
    "reverse the picture from side to side",
    "=left should be right and right should be left",
    "=i want the mirror image of this",
    "=mirror image",
    "=mirrored, please",
    "=the other way around: left on the right",
    "have everything face the other way, the whole picture",
    "put what is on the left on the right and the other way round",
  ],
  heldOut: ["reflect everything about the vertical axis", "=as seen in a looking glass", "=wrong way round, flip it"],
};
