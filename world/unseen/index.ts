import type { WorldTask } from "../tasks/WorldTask.ts";
import { addDetect } from "./addDetect.ts";
import { addStyle } from "./addStyle.ts";
import { contour } from "./contour.ts";
import { count } from "./count.ts";
import { inpainting } from "./inpainting.ts";
import { mirror } from "./mirror.ts";
import { superResolution } from "./superResolution.ts";
import type { UnseenTaskName } from "./UnseenTaskName.ts";

const tasks: Readonly<Record<UnseenTaskName, WorldTask<UnseenTaskName>>> = {
  "super-resolution": superResolution,
  inpainting,
  contour,
  "add-detect": addDetect,
  "add-style": addStyle,
  mirror,
  count,
};

export const unseenTaskOf = (name: UnseenTaskName): WorldTask<UnseenTaskName> => tasks[name];
