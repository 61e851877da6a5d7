import type { Denoiser, SamplerOptions } from "../Denoiser.ts";
import type { Level, Step } from "../Step.ts";

const lambda = ({ alpha, sigma }: Level) => Math.log(alpha) - Math.log(sigma);

/**
 * UniPC of Zhao et al. 2023, algorithms 5 to 8, with B₂(h) = eʰ − 1 and x₀ predictions: every evaluation first corrects
 * the point at which it was made, then predicts the next one.
 * @param options.order how many estimates of x₀ step 0, 1 … may use, 1 or 2; the first step has but one
 */
export async function sampleUniPc(
  denoise: Denoiser,
  x: Float32Array,
  steps: readonly Step[],
  { onStep, order }: SamplerOptions & { order: (index: number) => 1 | 2 },
): Promise<Float32Array> {
  // Estimates of x₀, youngest first, and where the last step began.
  let estimates: readonly Float32Array[] = [];
  let begun = x;
  for (const [i, step] of steps.entries()) {
    const { x0 } = await denoise(x, step);
    if (i > 0) x = correct(steps, i, begun, x0, estimates);
    estimates = [x0, ...estimates.slice(0, 1)];
    begun = x;
    x = predict(step, x, x0, order(i) === 2 ? slope(steps, i, estimates) : undefined);
    estimates = estimates.slice(0, order(i)); // the corrector is of the order of the predictor before it
    await onStep?.(i + 1, x0);
  }
  return x;
}

/** UniP: from the start of a step to its end. */
function predict(step: Step, x: Float32Array, x0: Float32Array, bend: Slope | undefined): Float32Array {
  const { decay, gain } = move(step);
  return x.map((value, k) => decay * value + gain * (x0[k]! + (bend ? bend.at(k) / 2 : 0)));
}

/** UniC: the end of step i − 1 anew, now that the network has seen it. */
function correct(
  steps: readonly Step[],
  i: number,
  begun: Float32Array,
  x0: Float32Array,
  estimates: readonly Float32Array[],
): Float32Array {
  const step = steps[i - 1]!;
  const { h, decay, gain } = move(step);
  const [old] = estimates as [Float32Array];
  const before = slope(steps, i - 1, estimates);
  // ρ of order 1; or the solution of ρ₁ + ρ₂ = b₁, r ρ₁ + ρ₂ = b₂.
  let [first, second] = [0, 0.5];
  if (before) {
    const phi1 = Math.expm1(-h) / -h - 1;
    const phi2 = phi1 / -h - 1 / 2;
    const [b1, b2] = [phi1 / Math.expm1(-h), (2 * phi2) / Math.expm1(-h)];
    first = (b1 - b2) / (1 - before.r);
    second = b1 - first;
  }
  return begun.map((value, k) => {
    const bend = (before ? first * before.at(k) : 0) + second * (x0[k]! - old[k]!);
    return decay * value + gain * (old[k]! + bend);
  });
}

/** The step in λ, and what it makes of x and of x₀. */
function move({ from, to }: Step): { h: number; decay: number; gain: number } {
  const h = lambda(to) - lambda(from); // +∞ when `to` is noiseless
  return { h, decay: to.sigma / from.sigma, gain: -to.alpha * Math.expm1(-h) };
}

interface Slope {
  /** Where the estimate before lies, in steps from the start of this one: negative. */
  readonly r: number;
  /** Change of the estimate per step, at element k. */
  at(k: number): number;
}

/** How the estimate moved from the step before to step i; undefined without an estimate before, and at the noiseless end. */
function slope(steps: readonly Step[], i: number, [now, before]: readonly Float32Array[]): Slope | undefined {
  if (!now || !before) return undefined;
  const { h } = move(steps[i]!);
  const r = (lambda(steps[i - 1]!.from) - lambda(steps[i]!.from)) / h;
  return Number.isFinite(h) ? { r, at: (k) => (before[k]! - now[k]!) / r } : undefined;
}
