import type { SchedulerConfig } from "./schedulerConfig.ts";

/** Rounds halves to even, as numpy does. */
export function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/**
 * "trailing" of Lin et al. 2023, table 2: from the last timestep downwards, so that t = T − 1 is always visited.
 * Written as numpy's `arange(last, 0, −T / steps)` computes it; where that yields one value too many (t = −1, for
 * example 61 steps of 1000), we stop at `steps`.
 */
export function trailing(T: number, steps: number, last = T): number[] {
  const delta = T - T / steps - T;
  const values = Array.from({ length: steps }, (_, i) => last + i * delta);
  return values.filter((value) => value > 0).map((value) => roundHalfEven(value) - 1);
}

/** Evenly from `last` down to 0 with numpy's own rounding; one value is 0, as numpy has it. */
export function linspace(last: number, count: number): number[] {
  const step = last / (count - 1);
  const values = Array.from({ length: count }, (_, i) => (count > 1 && i === count - 1 ? last : i * step || 0));
  return values.toReversed();
}

/** "leading": multiples of ⌊T / parts⌋, `count` of them, highest first, shifted by `steps_offset`. */
export function leading(T: number, parts: number, count: number, offset: number): number[] {
  const ratio = Math.floor(T / parts);
  return Array.from({ length: count }, (_, i) => (parts - 1 - i) * ratio + offset);
}

/** The timesteps of DDIM and of the two Euler samplers; Euler's linspace is not rounded to whole timesteps. */
export function timestepsOf(config: SchedulerConfig, steps: number): number[] {
  const T = config.num_train_timesteps;
  if (config.timestep_spacing === "trailing") return trailing(T, steps);
  if (config.timestep_spacing === "leading") return leading(T, steps, steps, config.steps_offset);
  const exact = linspace(T - 1, steps);
  return config._class_name === "DDIMScheduler" ? exact.map(roundHalfEven) : exact;
}
