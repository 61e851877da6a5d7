import type { Conditioning } from "../../models/Conditioning.ts";

/** A task that was learned from examples, as its file holds it (docs/learning.md). */
export interface LearnedTask {
  readonly name: string;
  /** One sentence; may be empty. */
  readonly description: string;
  /** The examples' instructions, by which the predictor knows requests for it. */
  readonly instructions: readonly string[];
  /** `checkpointHash` of the folder it was learned on: it fits no other. */
  readonly checkpoint: string;
  /** SHA-256 of each example's input, output and instruction. */
  readonly examples: readonly string[];
  readonly seed: number;
  readonly steps: number;
  /** Loss on held-out timesteps, by steps done. */
  readonly losses: readonly (readonly [step: number, loss: number])[];
  readonly conditioning: Conditioning;
}
