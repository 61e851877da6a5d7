import type { Denoiser, SamplerOptions } from "./Denoiser.ts";
import { makeSteps } from "./makeSteps.ts";
import { readPrediction } from "./readPrediction.ts";
import type { Step } from "./Step.ts";
import { sampleDdim } from "./samplers/ddim.ts";
import { sampleDpmSolverPlusPlus2M } from "./samplers/dpmSolverPlusPlus2M.ts";
import { sampleEuler } from "./samplers/euler.ts";
import { sampleEulerAncestral } from "./samplers/eulerAncestral.ts";
import { sampleUniPc } from "./samplers/uniPc.ts";
import { parseSchedulerConfig, type SchedulerConfig } from "./schedulerConfig.ts";

/** The network behind guidance: x_t `[n]` and a timestep (perhaps fractional) to its raw prediction `[n]`. */
export type Predict = (x: Float32Array, timestep: number) => Promise<Float32Array>;

export interface Sampler {
  readonly steps: readonly Step[];
  /** The standard deviation of the starting noise, in the network's own scale. */
  readonly initialScale: number;
  /** From noise times `initialScale`, `[n]`, to the sample, `[n]`. */
  sample(predict: Predict, x: Float32Array, options: SamplerOptions & { eta?: number }): Promise<Float32Array>;
}

/**
 * The sampler that diffusers' scheduler_config.json describes, for a number of steps.
 * @throws EmendError `bad_model` or `bad_usage`, see `parseSchedulerConfig` and `makeSteps`
 */
export function makeSampler(schedulerConfig: unknown, stepCount: number): Sampler {
  const config = parseSchedulerConfig(schedulerConfig);
  const steps = makeSteps(config, stepCount);
  return {
    steps,
    initialScale: initialScale(config, steps[0]!),
    sample(predict, x, options) {
      const denoise = denoiser(config, predict);
      switch (config._class_name) {
        case "DDIMScheduler":
          return sampleDdim(denoise, x, steps, options);
        case "EulerDiscreteScheduler":
          return sampleEuler(denoise, x, steps, options);
        case "EulerAncestralDiscreteScheduler":
          return sampleEulerAncestral(denoise, x, steps, options);
        case "DPMSolverMultistepScheduler": {
          const lowerAtEnd =
            config.euler_at_final ||
            config.final_sigmas_type === "zero" ||
            (config.lower_order_final && steps.length < 15);
          const firstOrder = (i: number) => config.solver_order === 1 || (i === steps.length - 1 && lowerAtEnd);
          return sampleDpmSolverPlusPlus2M(denoise, x, steps, { ...options, firstOrder });
        }
        case "UniPCMultistepScheduler": {
          const lowerAtEnd = config.lower_order_final || config.final_sigmas_type === "zero";
          const order = (i: number) =>
            config.solver_order === 1 || i === 0 || (i === steps.length - 1 && lowerAtEnd) ? 1 : 2;
          return sampleUniPc(denoise, x, steps, { ...options, order });
        }
      }
    },
  };
}

/** Euler starts from σ̃_max times unit noise (trailing, linspace): a little less than 1 in the network's scale. */
function initialScale(config: SchedulerConfig, first: Step): number {
  const isEuler = config._class_name.startsWith("Euler");
  return isEuler && config.timestep_spacing !== "leading" ? first.from.sigma : 1;
}

function denoiser(config: SchedulerConfig, predict: Predict): Denoiser {
  const range = config._class_name === "DDIMScheduler" && config.clip_sample ? config.clip_sample_range : undefined;
  return async (x, step) => {
    const read = readPrediction(config.prediction_type, x, await predict(x, step.timestep), step.from);
    if (range === undefined) return read;
    return { ...read, x0: read.x0.map((value) => Math.min(Math.max(value, -range), range)) };
  };
}
