import { EmendError } from "../../src/errors/EmendError.ts";
import { alphasCumprod } from "./alphasCumprod.ts";
import { type Level, levelOf, type Step } from "./Step.ts";
import type { ConfigOf, SchedulerConfig } from "./schedulerConfig.ts";
import { interpolate, karrasSigmas, timestepOf, trainingSigmas } from "./sigmas.ts";
import { leading, linspace, roundHalfEven, timestepsOf, trailing } from "./timesteps.ts";

/**
 * The steps that diffusers' scheduler of the same name takes after `set_timesteps(steps)`.
 * @throws EmendError `bad_usage` for more steps than the model has timesteps, `bad_model` for noise prediction at
 *   zero SNR: there the noise is the input itself, and nothing can be said about the picture.
 */
export function makeSteps(config: SchedulerConfig, steps: number): Step[] {
  const T = config.num_train_timesteps;
  if (steps > T) throw new EmendError("bad_usage", `steps must be at most ${T} for this model (got ${steps}).`);
  const alphaBar = alphasCumprod(config);
  const made =
    config._class_name === "DDIMScheduler" ? ddim(config, alphaBar, steps) : bySigmas(config, alphaBar, steps);
  if (made.some(({ timestep }) => timestep > alphaBar.length - 1)) {
    throw new EmendError("bad_usage", `${steps} steps reach beyond the model's last timestep; ask for fewer.`);
  }
  if (config.prediction_type === "epsilon" && config.rescale_betas_zero_snr && made[0]!.timestep > T - 2) {
    throw new EmendError(
      "bad_model",
      'scheduler_config.json: prediction_type "epsilon" is undefined at zero terminal SNR; use "v_prediction" or "sample".',
    );
  }
  return made;
}

/** DDIM goes from t to t − ⌊T / steps⌋, which is not always the next timestep of the list. */
function ddim(config: ConfigOf<"DDIMScheduler">, alphaBar: Float64Array, steps: number): Step[] {
  const stride = Math.floor(config.num_train_timesteps / steps);
  const final = config.set_alpha_to_one ? 1 : alphaBar[0]!;
  const level = (t: number): Level => {
    const a = t >= 0 ? (alphaBar[t] ?? Number.NaN) : final;
    return { alpha: Math.sqrt(a), sigma: Math.sqrt(1 - a) };
  };
  return timestepsOf(config, steps).map((t) => ({ timestep: t, from: level(t), to: level(t - stride) }));
}

/** Euler, Euler-ancestral, DPM-Solver and UniPC go down a list of σ̃, each step's end being the next one's start. */
function bySigmas(
  config: Exclude<SchedulerConfig, { _class_name: "DDIMScheduler" }>,
  alphaBar: Float64Array,
  steps: number,
): Step[] {
  const table = trainingSigmas(alphaBar, config.rescale_betas_zero_snr);
  const isDpm = config._class_name === "DPMSolverMultistepScheduler";
  const isMultistep = isDpm || config._class_name === "UniPCMultistepScheduler";
  let timesteps = isMultistep ? multistepTimesteps(config, table, steps) : timestepsOf(config, steps);
  let sigmas = timesteps.map((t) => interpolate(table, t));

  if (config._class_name !== "EulerAncestralDiscreteScheduler" && config.use_karras_sigmas) {
    const [low, high] = isMultistep
      ? [table[0]!, table.at(-1)!]
      : [config.sigma_min ?? sigmas.at(-1)!, config.sigma_max ?? sigmas[0]!];
    sigmas = karrasSigmas(low, high, steps);
    timesteps = sigmas.map((sigma) => timestepOf(sigma, table));
    if (isMultistep && !(isDpm && config.beta_schedule === "squaredcos_cap_v2")) {
      timesteps = timesteps.map(roundHalfEven);
    }
    if (isMultistep) timesteps = timesteps.map(Math.trunc);
  }

  const toSigmaMin = "final_sigmas_type" in config && config.final_sigmas_type === "sigma_min";
  const lastSigma = toSigmaMin ? table[0]! : 0;
  // Euler ends in x̃ = x₀ + σ̃ ε itself, DPM-Solver and UniPC in the variance-preserving x.
  const final = isMultistep ? levelOf(lastSigma) : { alpha: 1, sigma: lastSigma };
  const levels = [...sigmas.map(levelOf), final];
  return timesteps.map((timestep, i) => ({ timestep, from: levels[i]!, to: levels[i + 1]! }));
}

/** DPM-Solver and UniPC divide the range into steps + 1 parts and leave the last one to the final step. */
function multistepTimesteps(
  config: ConfigOf<"DPMSolverMultistepScheduler" | "UniPCMultistepScheduler">,
  table: Float64Array,
  steps: number,
): number[] {
  const T = config.num_train_timesteps;
  const clipped = "lambda_min_clipped" in config ? config.lambda_min_clipped : undefined;
  const lambdaMin = clipped ?? Number.NEGATIVE_INFINITY;
  const last = T - table.toReversed().findIndex((sigma) => -Math.log(sigma) >= lambdaMin);
  if (config.timestep_spacing === "trailing") return trailing(T, steps, last);
  if (config.timestep_spacing === "leading") return leading(last, steps + 1, steps, config.steps_offset);
  return linspace(last - 1, steps + 1)
    .slice(0, -1)
    .map(roundHalfEven);
}
