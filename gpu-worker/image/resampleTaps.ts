/** Where one line of pixels takes its values from in a shorter line: `indices` and `weights`, `taps` per pixel. */
export interface ResampleTaps {
  readonly taps: number;
  readonly indices: Int32Array;
  readonly weights: Float32Array;
}

/** The weights of 2 or 4 neighbours at fraction f past the second-to-middle one: linear, or Catmull–Rom. */
const kernels = {
  2: (f: number) => [1 - f, f],
  4: (f: number) => [
    ((-f + 2) * f - 1) * f * 0.5,
    ((3 * f - 5) * f * f + 2) * 0.5,
    ((-3 * f + 4) * f + 1) * f * 0.5,
    (f - 1) * f * f * 0.5,
  ],
};

/**
 * Interpolation of a line of `from` samples at the centres of `to` pixels over the same length, edges repeated.
 * @param every only every so many pixels, from the first on; the last of them lies at or past the last pixel
 */
export function resampleTaps(from: number, to: number, taps: 2 | 4, every = 1): ResampleTaps {
  const count = Math.ceil((to - 1) / every) + 1;
  const indices = new Int32Array(count * taps);
  const weights = new Float32Array(count * taps);
  for (let i = 0; i < count; i++) {
    const position = ((i * every + 0.5) * from) / to - 0.5;
    const low = Math.floor(position);
    for (const [k, weight] of kernels[taps](position - low).entries()) {
      indices[i * taps + k] = Math.min(Math.max(low + k - (taps / 2 - 1), 0), from - 1);
      weights[i * taps + k] = weight;
    }
  }
  return { taps, indices, weights };
}
