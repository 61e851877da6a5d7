/**
 * The rows of AnySD's `task_embs` that an instruction alone can ask for, and the expert behind each (anysd/src/utils.py,
 * model.py). Names are emend's where the tasks coincide. Left out are its seven `visual_…` tasks, rows 7 … 13: they want a
 * second picture.
 */
export const anysdTasks = [
  { name: "background", row: 0, expert: "global" }, // background_change
  { name: "global", row: 1, expert: "global" }, // tone_transfer: weather, season, time of day
  { name: "style", row: 2, expert: "global" }, // style_change
  { name: "movement", row: 3, expert: "viewpoint" },
  { name: "resize", row: 4, expert: "viewpoint" },
  { name: "outpaint", row: 5, expert: "viewpoint" },
  { name: "rotation_change", row: 6, expert: "viewpoint" },
] as const;
