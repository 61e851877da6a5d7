/** σ̃ = √((1 − ᾱ) / ᾱ): the noise level in "variance exploding" terms, x̃ = x₀ + σ̃ ε. */
export const sigmaOf = (alphaBar: number): number => Math.sqrt((1 - alphaBar) / alphaBar);

/**
 * σ̃ of every training timestep. A zero terminal SNR would make the last one infinite: it is cut at ᾱ = 2⁻²⁴ as in
 * diffusers' Euler and DPM-Solver (DDIM needs no such cut).
 */
export function trainingSigmas(alphaBar: Float64Array, zeroTerminalSnr: boolean): Float64Array {
  const sigmas = alphaBar.map(sigmaOf);
  if (zeroTerminalSnr) sigmas[sigmas.length - 1] = sigmaOf(2 ** -24);
  return sigmas;
}

/** Linear interpolation in a table at a fractional index, constant beyond its ends. */
export function interpolate(table: Float64Array, index: number): number {
  const i = Math.min(Math.max(index, 0), table.length - 1);
  const low = Math.floor(i);
  const high = Math.min(low + 1, table.length - 1);
  return table[low]! + (i - low) * (table[high]! - table[low]!);
}

/** Karras et al. 2022, equation 5, with ρ = 7; `count` levels from `max` down to `min`, both included. */
export function karrasSigmas(min: number, max: number, count: number): number[] {
  const rho = 7;
  const [a, b] = [max ** (1 / rho), min ** (1 / rho)];
  return Array.from({ length: count }, (_, i) => (a + (count === 1 ? 0 : i / (count - 1)) * (b - a)) ** rho);
}

/** The fractional training timestep whose noise level is σ̃, by interpolation in log σ̃. */
export function timestepOf(sigma: number, sigmas: Float64Array): number {
  const logSigma = Math.log(Math.max(sigma, 1e-10));
  const below = sigmas.findLastIndex((each) => logSigma >= Math.log(each));
  const low = Math.min(Math.max(below, 0), sigmas.length - 2);
  const [a, b] = [Math.log(sigmas[low]!), Math.log(sigmas[low + 1]!)];
  return low + Math.min(Math.max((a - logSigma) / (a - b), 0), 1);
}
