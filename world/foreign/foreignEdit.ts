import type { Picture } from "../../gpu-worker/image/Picture.ts";
import type { Random } from "../random.ts";
import type { Edit, WorldTask } from "../tasks/WorldTask.ts";
import { samplePicture } from "./samplePicture.ts";

/** Stands where an edit's scenes would: nothing of it is drawn. */
export const noScene = { background: "meadow", variant: 0, objects: [] };

/** The share of a task's training pairs whose pictures are not of the world. */
const share = 0.15;

/**
 * Edits of pictures that are not of the world by a task that changes any picture's pixels.
 * @param edit the same edit as of a scene, with its `post` @param edges only of pictures with clear edges
 */
export const foreignEdits = (
  edit: (random: Random) => Pick<Edit, "templates" | "slots" | "targetCaption"> & {
    readonly post: (picture: Picture) => Picture;
  },
  edges = false,
): NonNullable<WorldTask["besides"]> => ({
  share,
  propose: (random) => ({
    source: noScene,
    target: noScene,
    foreign: samplePicture(random, { edges }),
    compositions: [],
    ...edit(random),
  }),
});
