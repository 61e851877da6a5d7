import type { LearnSettings } from "../../gpu-worker/tasks/inversion/LearnSettings.ts";

/** One way to learn: what differs from the defaults. */
export interface Trial {
  readonly name: string;
  readonly settings?: Partial<LearnSettings>;
  readonly steps?: number;
  readonly vectors?: number;
}

/** What `emend bench learning` compares; each differs from the defaults in one thing. */
export const trials: readonly Trial[] = [
  { name: "defaults" },
  { name: "start: mean of the table", settings: { start: "mean" } },
  { name: "start: zero", settings: { start: "zero" } },
  { name: "timesteps: pure noise only", settings: { pureNoise: 1 } },
  { name: "timesteps: uniform", settings: { pureNoise: 0 } },
  { name: "timesteps: uniform, min-SNR 5", settings: { pureNoise: 0, minSnr: 5 } },
  { name: "examples varied", settings: { augmentBelow: 101 } },
  { name: "source dropped in 10 %", settings: { dropImage: 0.1 } },
  { name: "a third of the rate", settings: { rate: 0.1 } },
  { name: "three times the rate", settings: { rate: 0.9 } },
  { name: "batches of 8", settings: { batch: 8 } },
  { name: "half the steps", steps: 50 },
  { name: "twice the steps", steps: 200 },
  { name: "4 vectors", vectors: 4 },
];
