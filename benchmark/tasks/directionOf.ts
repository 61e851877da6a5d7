import type { TaskName } from "../../src/queue/tasks.ts";
import type { EditPair } from "../../world/pairOf.ts";

/** The tasks of image-to-image translation, which are done in both directions. */
export const mapTasks: readonly TaskName[] = ["depth", "segmap", "pose", "normal", "sketch"];

export type Direction = "to map" | "from map";

/** Whether a map task's pair makes a map of the picture or the picture of a map: a map's caption is "… of" the scene's. */
export function directionOf(pair: Pick<EditPair, "task" | "sourceCaption" | "targetCaption">): Direction | undefined {
  if (!mapTasks.includes(pair.task)) return undefined;
  return pair.targetCaption.endsWith(` of ${pair.sourceCaption}`) ? "to map" : "from map";
}
