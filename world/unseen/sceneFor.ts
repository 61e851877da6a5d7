import { heldOutColors } from "../holdouts.ts";
import type { Random } from "../random.ts";
import { sampleScene } from "../sampleScene.ts";
import type { Scene } from "../scene.ts";
import { focus } from "../tasks/focus.ts";
import type { Split } from "../tasks/WorldTask.ts";

/** A scene for a task that is not about one kind of thing; the benchmark's have an object in a held-out colour. */
export const sceneFor = (random: Random, split: Split): Scene =>
  sampleScene(random, focus(random, split, undefined, heldOutColors));
