import type { Picture } from "../image/Picture.ts";

/** One before/after pair, at any size; both pictures of a pair have the same size. */
export interface LearnExample {
  readonly input: Picture;
  readonly output: Picture;
  readonly instruction: string;
}

/** A task to be learned from examples (METHOD §4). */
export interface LearnRequest {
  readonly name: string;
  /** One sentence that says what the task does; the predictor routes by it. */
  readonly description?: string;
  /** 1 … 100. */
  readonly examples: readonly LearnExample[];
  /** 0 … 2³²−1. Same request and seed → same bytes, on every machine of the same device kind. */
  readonly seed: number;
  /** Gradient steps at most; default: as many as the examples need. */
  readonly steps?: number;
  /** Vectors that the task has: 1 (default) … 16. The first conditions as a task does, the others are context tokens. */
  readonly vectors?: number;
  /**
   * Side of the squares that are learned from, pixels; default: the model's resolution, or 256 where a large network runs on the
   * CPU.
   */
  readonly resolution?: number;
  /** `LearnProgress.checkpoint` of a run of the same request that did not end: goes on from there. */
  readonly resume?: Uint8Array;
}

export interface LearnProgress {
  /** Gradient steps done. */
  readonly step: number;
  readonly steps: number;
  /** Running mean of the loss. */
  readonly loss: number;
  /** Wall time that is left, by the steps so far; without the time that edits take in between. */
  readonly remainingMilliseconds: number;
  /** Every few seconds: all that is needed to go on from here. A few KB. */
  readonly checkpoint?: Uint8Array;
  /** Every ten seconds, less often where one takes long: what the task makes of an example by now, at the same resolution. */
  readonly preview?: Picture;
}

export interface LearnResult {
  /** The learned task as a safetensors file: tasks/learned/LearnedTaskFile.ts. */
  readonly file: Uint8Array;
  readonly steps: number;
  /** Loss on held-out timesteps, by steps done: `[[0, 0.31], [25, 0.22], …]`. */
  readonly losses: readonly (readonly [step: number, loss: number])[];
  /** What the learned task makes of each example, at the same resolution. */
  readonly pictures: readonly Picture[];
  readonly milliseconds: number;
}

export interface LearnOptions {
  readonly onProgress?: (progress: LearnProgress) => void;
  /** Ends the run between two steps, with `cancelled`. */
  readonly signal?: AbortSignal;
}

/** What the worker sees of an engine that learns. */
export interface LearningEngine {
  /**
   * Learns a task. One at a time: a second call waits for the first; an edit waits for at most one gradient step.
   * @throws EmendError `bad_usage`, `cancelled`, `engine_failed`
   */
  learn(request: LearnRequest, options?: LearnOptions): Promise<LearnResult>;
}
