import type { ProfileName } from "../../src/queue/profiles.ts";
import type { Acceleration } from "../diffusion/Acceleration.ts";
import type { SamplerName } from "../diffusion/withSampler.ts";
import type { Device } from "../graph/Device.ts";
import type { Picture } from "../image/Picture.ts";
import type { SafetyStatus } from "../safety/SafetyStatus.ts";
import type { TaskProbability } from "../tasks/predictor/Prediction.ts";
import type { ChosenProfile } from "./ProfileChooser.ts";

/** One edit of one picture. */
export interface EditRequest {
  /** The source, at any size; the result has the same size. */
  readonly picture: Picture;
  readonly instruction: string;
  /** A task of the checkpoint's table, the name of one of `learned`, or "auto" to let the predictor choose. */
  readonly task: string;
  /** Files of learned tasks (`LearnResult.file`) that this edit may use beside the checkpoint's own. */
  readonly learned?: readonly Uint8Array[];
  /** Under "auto", refuse with `no_edit` what the predictor hardly takes for an edit; default false. */
  readonly onlyEdits?: boolean;
  /** Seen by adults only: its pictures go unchecked. Default false. */
  readonly ageRestricted?: boolean;
  /**
   * 0 … 2³²−1. Same request and seed → same bytes, on every machine of the same device kind; where steps are batched,
   * equal up to rounding.
   */
  readonly seed: number;
  /** How much may be left out (docs/profiles.md); the engine's own default when absent. */
  readonly profile?: ProfileName;
  /** Side of the square whose area the model works at, in pixels; when absent, as the profile has it. */
  readonly resolution?: number;
  /** Denoising steps; when absent the checkpoint's own default, or the profile's. */
  readonly steps?: number;
  /** The checkpoint's own when absent. */
  readonly sampler?: SamplerName;
  /** What may be left out, instead of what the profile has; benchmarks compare settings with it. */
  readonly acceleration?: Acceleration;
  /** s_T of METHOD §1; the checkpoint's own default when absent. */
  readonly textGuidance?: number;
  /** s_I of METHOD §1; the checkpoint's own default when absent. */
  readonly imageGuidance?: number;
  /** Threshold of METHOD §5, 0 … 1: where the smoothed change stays below it, the source's bits stay. `defaultAlpha` when absent. */
  readonly alpha?: number;
}

export interface EditProgress {
  /** Steps done, 1 … steps. */
  readonly step: number;
  readonly steps: number;
  /** The current estimate of the result at the model's resolution. */
  readonly preview?: Picture;
}

export interface EditResult {
  readonly picture: Picture;
  /** The task that conditioned the model; absent for a checkpoint without a task table. */
  readonly task?: string;
  /** The predictor's opinion on the checkpoint's tasks, most probable first; empty without a predictor or a task table. */
  readonly tasks: readonly TaskProbability[];
  /** The predictor's probability that the instruction asks for an edit at all; absent without a predictor. */
  readonly edit?: number;
  readonly seed: number;
  readonly steps: number;
  readonly textGuidance: number;
  readonly imageGuidance: number;
  /** The threshold that was used. */
  readonly alpha: number;
  /** Share of pixels that are the source's own bits because no edit touched them, 0 … 1. */
  readonly keptShare: number;
  /** How it was made, and why so. */
  readonly profile: ChosenProfile;
  /** Evaluations of the whole U-Net, all guidance branches counted. */
  readonly evaluations: number;
  /** Evaluations of its outer layers alone, under the fast profile. */
  readonly shallowEvaluations: number;
  /** Wall time of the edit, loading excluded. */
  readonly milliseconds: number;
}

export interface EngineInfo {
  /** Folder name of the checkpoint. */
  readonly model: string;
  /** `checkpointHash` of the folder; absent where there is none to hash. */
  readonly checkpoint?: string;
  /** The execution provider in use. */
  readonly device: Device;
  /** One line on the device that an operator should know: why a GPU is not used, what it leaves to the CPU. */
  readonly deviceNote?: string;
  /** Task names that a request may ask for; empty for a checkpoint without a task table. */
  readonly tasks: readonly string[];
  readonly defaults: { readonly steps: number; readonly textGuidance: number; readonly imageGuidance: number };
  /** What checks pictures for what not everybody should see; absent where nobody asked for it. */
  readonly safety?: SafetyStatus;
  /** Wall time from the start of the engine until it could take the first edit. */
  readonly loadMilliseconds: number;
  /** Edits that it does at once, their denoising steps in common evaluations; further ones wait. */
  readonly concurrency: number;
}

export interface EditOptions {
  readonly onProgress?: (progress: EditProgress) => void;
  /** Whether progress carries previews (at most one per 250 ms); default true. */
  readonly previews?: boolean;
  /** Ends the edit between two evaluations of the network, with `cancelled`. */
  readonly signal?: AbortSignal;
}

/**
 * What the worker, the command line and the benchmark see of the engine, in this process (`LocalEngine`) or in a
 * child (`EngineProcess`). `info.concurrency` edits at a time, further calls wait in their order; an edit waits for at
 * most one step of a task that is being learned.
 *
 * Errors are `EmendError`: `unknown_task`, `no_edit`, `bad_instruction`, `unsafe_picture`, `unsafe_result`, `bad_usage`,
 * `cancelled`, `engine_failed`.
 */
export interface EditEngine {
  readonly info: EngineInfo;
  edit(request: EditRequest, options?: EditOptions): Promise<EditResult>;
  close(): Promise<void>;
}
