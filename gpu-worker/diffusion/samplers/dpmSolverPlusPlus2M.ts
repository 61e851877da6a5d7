import type { Denoiser, SamplerOptions } from "../Denoiser.ts";
import type { Level, Step } from "../Step.ts";

const lambda = ({ alpha, sigma }: Level) => Math.log(alpha) - Math.log(sigma);

/**
 * DPM-Solver++(2M), algorithm 2 of Lu et al. 2022 ("DPM-Solver++"), midpoint form.
 * @param options.firstOrder whether a step (0 …) must not use the previous estimate; the first never does
 */
export async function sampleDpmSolverPlusPlus2M(
  denoise: Denoiser,
  x: Float32Array,
  steps: readonly Step[],
  { onStep, firstOrder }: SamplerOptions & { firstOrder: (index: number) => boolean },
): Promise<Float32Array> {
  let previous: Float32Array | undefined;
  for (const [i, step] of steps.entries()) {
    const { from, to } = step;
    const { x0 } = await denoise(x, step);
    const h = lambda(to) - lambda(from); // +∞ when `to` is noiseless
    const decay = to.sigma / from.sigma;
    const gain = -to.alpha * Math.expm1(-h);
    const old = firstOrder(i) ? undefined : previous;
    const r = old ? (lambda(from) - lambda(steps[i - 1]!.from)) / h : 1;
    x = x.map((value, k) => {
      const d = old ? x0[k]! + (x0[k]! - old[k]!) / (2 * r) : x0[k]!;
      return decay * value + gain * d;
    });
    previous = x0;
    await onStep?.(i + 1, x0);
  }
  return x;
}
