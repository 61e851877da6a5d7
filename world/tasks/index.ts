import { type TaskName, taskNames } from "../../src/queue/tasks.ts";
import { add } from "./add.ts";
import { background } from "./background.ts";
import { color } from "./color.ts";
import { detect } from "./detect.ts";
import { global } from "./global.ts";
import { local } from "./local.ts";
import { depth } from "./maps/depth.ts";
import { normal } from "./maps/normal.ts";
import { pose } from "./maps/pose.ts";
import { segmap } from "./maps/segmap.ts";
import { sketch } from "./maps/sketch.ts";
import { remove } from "./remove.ts";
import { segment } from "./segment.ts";
import { style } from "./style.ts";
import { text } from "./text.ts";
import { texture } from "./texture.ts";
import type { WorldTask } from "./WorldTask.ts";

/** Every task of the world with its share of the training mix: objects are the last thing a model learns. */
export const taskMix: readonly (readonly [WorldTask, number])[] = [
  [local, 2],
  [texture, 2],
  [add, 2],
  [remove, 2],
  [background, 1],
  [global, 1],
  [style, 1],
  [detect, 1],
  [segment, 1],
  [color, 1],
  [pose, 1],
  [text, 2],
  [depth, 1],
  [segmap, 1],
  [normal, 1],
  [sketch, 1],
];

/** The tasks that the world can make pairs for, in the order of the benchmark. */
export const worldTasks: readonly TaskName[] = taskNames.filter((name) => taskMix.some(([task]) => task.name === name));

const byName = new Map(taskMix.map(([task]) => [task.name, task]));
export const taskOf = (name: TaskName): WorldTask | undefined => byName.get(name);
