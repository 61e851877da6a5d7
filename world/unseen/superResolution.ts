import type { WorldTask } from "../tasks/WorldTask.ts";
import { coarse } from "./coarse.ts";
import { sceneFor } from "./sceneFor.ts";

/** How many times fewer pixels the source has, each way. */
const factor = 4;

/** A picture that lost its details (shrunk to a quarter and enlarged again) gets them back. */
export const superResolution: WorldTask<"super-resolution"> = {
  name: "super-resolution",
  propose(random, split) {
    const scene = sceneFor(random, split);
    return {
      source: scene,
      target: scene,
      spoil: (picture) => coarse(picture, factor),
      templates,
      slots: {},
      sourceCaption: (caption) => `a low-resolution picture of ${caption}`,
      compositions: [],
    };
  },
};

const templates = {
  train: [
    "increase the resolution",
    "raise the resolution of (this|the picture|the image)",
    "make (this|it|the picture) sharp and detailed",
    "upscale (this|it|the picture|the image)",
    "enlarge this without the blur",
    "restore the (details|fine details|lost details)",
    "bring back the details",
    "super-resolve (this|the picture)",
    "turn this into a high-resolution picture",
    "make (this|it) high resolution",
    "=this is too low-res, fix it",
    "=i need this in a higher resolution",
    "=the picture lost its details, recover them",
    "=higher resolution",
    "=four times the resolution",
    "=it should not be this blocky",
    "recover what the small version lost",
    "get rid of the low resolution",
    "remake this at full resolution",
  ],
  heldOut: ["reconstruct (this|it) in full detail", "=this was scaled up, undo that", "=give it its crispness back"],
};
