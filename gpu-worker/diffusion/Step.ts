/** A noise level in "variance preserving" terms: x = alpha · x₀ + sigma · ε, alpha² + sigma² = 1. */
export interface Level {
  readonly alpha: number;
  readonly sigma: number;
}

/** One step of a sampler: evaluate the network at `timestep` where x has the level `from`, and go to level `to`. */
export interface Step {
  /** What the network is told; Euler's linspace and Karras spacings make it fractional. */
  readonly timestep: number;
  readonly from: Level;
  readonly to: Level;
}

/** The level of σ̃ = sigma / alpha. */
export function levelOf(sigma: number): Level {
  const alpha = 1 / Math.sqrt(sigma * sigma + 1);
  return { alpha, sigma: sigma * alpha };
}
