import type { Noise } from "./noise.ts";
import type { Step } from "./Step.ts";

/** The two readings of the network's answer at x = alpha · x₀ + sigma · ε; each as long as x. */
export interface Denoised {
  readonly x0: Float32Array;
  readonly epsilon: Float32Array;
}

/** Evaluates the network, guidance included, at the start of a step. */
export type Denoiser = (x: Float32Array, step: Step) => Promise<Denoised>;

/** What a sampler may use besides the network. */
export interface SamplerOptions {
  /** Noise for stochastic samplers: stream k is for step k, counted from 1. */
  readonly noise: Noise;
  /** Called after step `done` (1 … steps) with the current estimate of the result. */
  readonly onStep?: (done: number, x0: Float32Array) => void | Promise<void>;
}
