/** What may be varied to measure it (docs/learning.md has the trials); requests use the defaults. */
export interface LearnSettings {
  readonly batch: number;
  /** Samples of a batch in one evaluation; the others' gradients are added. Default: all, or one of a large network. */
  readonly perPass?: number;
  /** Highest rate of the task vector; it rises over the first steps and falls along a cosine to zero. */
  readonly rate: number;
  readonly warmup: number;
  /** Steps between two looks at the held-out timesteps. */
  readonly every: number;
  /** So many looks without a better loss end the run. */
  readonly patience: number;
  readonly pureNoise: number;
  readonly dropImage: number;
  readonly minSnr?: number;
  /** With fewer examples than this, each is varied. From there on it costs more than it brings: zoomed lines, moved places. */
  readonly augmentBelow: number;
  /** "nearest" takes the best of the table, its mean and zero by the loss on the examples. */
  readonly start: "nearest" | "mean" | "zero";
  /** Time between two saved states. */
  readonly checkpointMilliseconds: number;
}

export const defaultSteps = 100;
export const learnDefaults: LearnSettings = {
  batch: 4,
  rate: 0.3,
  warmup: 10,
  every: 20,
  patience: 5,
  pureNoise: 0.7,
  dropImage: 0.02,
  augmentBelow: 5,
  start: "nearest",
  checkpointMilliseconds: 4000,
};
