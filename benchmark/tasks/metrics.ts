import type { TaskName } from "../../src/queue/tasks.ts";

export interface Metric {
  readonly task: TaskName;
  readonly title: string;
  readonly better: "higher" | "lower";
  /** What the mean is multiplied by when it is shown. */
  readonly scale?: number;
  /** What the paper reports for the same measure, on data of its own (METHOD §7). */
  readonly paper?: string;
}

/** What single tasks are measured by, besides edit, keep and L1. */
export const metrics = {
  boxes: { task: "detect", title: "AP@0.5, %", better: "higher", scale: 100, paper: "mAP@0.5 61.467 (COCO)" },
  boxIoU: { task: "detect", title: "IoU of the boxes", better: "higher" },
  maskIoU: { task: "segment", title: "mIoU of the masks, %", better: "higher", scale: 100 },
  classIoU: { task: "segmap", title: "mIoU of the classes, %", better: "higher", scale: 100, paper: "50.028 (ADE20K)" },
  depthRmse: { task: "depth", title: "RMSE of the depth", better: "lower", paper: ".246 (NYUv2)" },
  degrees: { task: "normal", title: "angle between the normals, °", better: "lower" },
  pose: { task: "pose", title: "F-score of the skeletons", better: "higher" },
  words: { task: "text", title: "words that read exactly, %", better: "higher", scale: 100 },
  characters: { task: "text", title: "characters that read right, %", better: "higher", scale: 100 },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;
