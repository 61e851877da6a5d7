import type { Denoised } from "./Denoiser.ts";
import type { Level } from "./Step.ts";
import type { SchedulerConfig } from "./schedulerConfig.ts";

/**
 * x₀ and ε from the network's output, by its parametrisation: ε, x₀ ("sample"), or v = alpha · ε − sigma · x₀
 * (Salimans & Ho 2022). Finite at alpha = 0 for v and x₀.
 * @param x the network's input, `[n]`
 * @param output the network's output, `[n]`
 */
export function readPrediction(
  type: SchedulerConfig["prediction_type"],
  x: Float32Array,
  output: Float32Array,
  { alpha, sigma }: Level,
): Denoised {
  switch (type) {
    case "epsilon":
      return { x0: x.map((value, i) => (value - sigma * output[i]!) / alpha), epsilon: output };
    case "sample":
      return { x0: output, epsilon: x.map((value, i) => (value - alpha * output[i]!) / sigma) };
    case "v_prediction":
      return {
        x0: x.map((value, i) => alpha * value - sigma * output[i]!),
        epsilon: x.map((value, i) => sigma * value + alpha * output[i]!),
      };
  }
}
