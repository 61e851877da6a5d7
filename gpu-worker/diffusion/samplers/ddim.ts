import type { Denoiser, SamplerOptions } from "../Denoiser.ts";
import type { Step } from "../Step.ts";

/** DDIM, equation 12 of Song et al. 2020; eta = 0 is deterministic, 1 is DDPM. */
export async function sampleDdim(
  denoise: Denoiser,
  x: Float32Array,
  steps: readonly Step[],
  { noise, onStep, eta = 0 }: SamplerOptions & { eta?: number },
): Promise<Float32Array> {
  for (const [i, step] of steps.entries()) {
    const { from, to } = step;
    const { x0, epsilon } = await denoise(x, step);
    const kept = (from.alpha / to.alpha) ** 2;
    const std = eta * (to.sigma / from.sigma) * Math.sqrt(Math.max(0, 1 - kept));
    const direction = Math.sqrt(Math.max(0, to.sigma ** 2 - std ** 2));
    const z = std > 0 ? noise(i + 1, x.length) : undefined;
    x = x0.map((value, k) => to.alpha * value + direction * epsilon[k]! + (z ? std * z[k]! : 0));
    await onStep?.(i + 1, x0);
  }
  return x;
}
