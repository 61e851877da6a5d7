/**
 * The sixteen editing tasks (METHOD §2, Emu Edit table 1). The names are fixed: keys of the task table,
 * choices of the command, rows of the benchmark.
 */
export const taskNames = [
  "local",
  "texture",
  "add",
  "remove",
  "background",
  "global",
  "style",
  "text",
  "detect",
  "segment",
  "color",
  "depth",
  "segmap",
  "pose",
  "normal",
  "sketch",
] as const;

export type TaskName = (typeof taskNames)[number];
