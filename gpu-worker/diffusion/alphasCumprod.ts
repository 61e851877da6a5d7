import type { SchedulerConfig } from "./schedulerConfig.ts";

type NoiseSchedule = Pick<
  SchedulerConfig,
  "num_train_timesteps" | "beta_start" | "beta_end" | "beta_schedule" | "trained_betas" | "rescale_betas_zero_snr"
>;

/**
 * ᾱ_t = Π (1 − β_s) for t = 0 … T−1, in float64 (diffusers: float32). With `rescale_betas_zero_snr` the last is
 * exactly 0 (Lin et al. 2023, "Common Diffusion Noise Schedules and Sample Steps are Flawed", algorithm 1).
 */
export function alphasCumprod(config: NoiseSchedule): Float64Array {
  let product = 1;
  const alphaBar = Float64Array.from(betas(config), (beta) => {
    product *= 1 - beta;
    return product;
  });
  if (!config.rescale_betas_zero_snr) return alphaBar;
  const first = Math.sqrt(alphaBar[0]!);
  const last = Math.sqrt(alphaBar.at(-1)!);
  return alphaBar.map((a) => (((Math.sqrt(a) - last) * first) / (first - last)) ** 2);
}

function betas(config: NoiseSchedule): Float64Array {
  if (config.trained_betas) return Float64Array.from(config.trained_betas);
  const { num_train_timesteps: T, beta_start: start, beta_end: end } = config;
  const line = (from: number, to: number, i: number) => (T === 1 ? from : from + ((to - from) * i) / (T - 1));
  // The cosine schedule of Nichol & Dhariwal 2021, β capped at 0.999.
  const cosine = (t: number) => Math.cos((((t + 0.008) / 1.008) * Math.PI) / 2) ** 2;
  const beta = {
    linear: (i: number) => line(start, end, i),
    scaled_linear: (i: number) => line(Math.sqrt(start), Math.sqrt(end), i) ** 2,
    squaredcos_cap_v2: (i: number) => Math.min(1 - cosine((i + 1) / T) / cosine(i / T), 0.999),
  }[config.beta_schedule];
  return Float64Array.from({ length: T }, (_, i) => beta(i));
}
