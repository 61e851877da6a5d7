import type { Denoiser, SamplerOptions } from "../Denoiser.ts";
import type { Step } from "../Step.ts";

/**
 * Euler steps of algorithm 2 of Karras et al. 2022 without churn: x̃ ← x̃ + (x̃ − x₀) / σ̃ · (σ̃' − σ̃) = x₀ + σ̃' ε,
 * written in variance-preserving terms, where nothing is lost to rounding at large σ̃.
 */
export async function sampleEuler(
  denoise: Denoiser,
  x: Float32Array,
  steps: readonly Step[],
  { onStep }: SamplerOptions,
): Promise<Float32Array> {
  for (const [i, step] of steps.entries()) {
    const { x0, epsilon } = await denoise(x, step);
    x = x0.map((value, k) => step.to.alpha * value + step.to.sigma * epsilon[k]!);
    await onStep?.(i + 1, x0);
  }
  return x;
}
