import type { Denoiser, SamplerOptions } from "../Denoiser.ts";
import type { Step } from "../Step.ts";

/** Euler steps down to σ̃_down, then fresh noise up to the next level (k-diffusion's `sample_euler_ancestral`, η = 1). */
export async function sampleEulerAncestral(
  denoise: Denoiser,
  x: Float32Array,
  steps: readonly Step[],
  { noise, onStep }: SamplerOptions,
): Promise<Float32Array> {
  for (const [i, step] of steps.entries()) {
    const { from, to } = step;
    const { x0, epsilon } = await denoise(x, step);
    // In units of x (σ̃ times alpha): σ_up² = σ'² (1 − (σ̃' / σ̃)²), σ_down² = σ'² − σ_up².
    const ratio = (to.sigma * from.alpha) / (to.alpha * from.sigma);
    const up = to.sigma * Math.sqrt(Math.max(0, 1 - ratio ** 2));
    const down = to.sigma * ratio;
    const z = up > 0 ? noise(i + 1, x.length) : undefined;
    x = x0.map((value, k) => to.alpha * value + down * epsilon[k]! + (z ? up * z[k]! : 0));
    await onStep?.(i + 1, x0);
  }
  return x;
}
