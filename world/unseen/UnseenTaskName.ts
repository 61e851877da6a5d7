/**
 * Tasks that no model is trained on: what task inversion is measured by (METHOD §4). They are never part of the training
 * mix, of the task table or of the benchmark of the sixteen. Append only: the order is that of the tables.
 */
export const unseenTaskNames = [
  "super-resolution",
  "inpainting",
  "contour",
  "add-detect",
  "add-style",
  "mirror",
  "count",
] as const;

export type UnseenTaskName = (typeof unseenTaskNames)[number];
