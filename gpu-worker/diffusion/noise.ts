import { inverseNormal } from "./inverseNormal.ts";
import { philox } from "./philox.ts";

/** Gives `count` standard normal values for one use of noise within an edit: 0 the start, k after step k. */
export type Noise = (stream: number, count: number) => Float32Array;

/**
 * Seeded Gaussian noise, the same bits on every machine: Philox words (integers) → 52-bit uniforms in (0, 1), exact →
 * the normal quantile in correctly rounded arithmetic → float32. Value i depends on (seed, stream, i) only.
 * @param seed 0 … 2³²−1
 */
export function seededNoise(seed: number): Noise {
  return (stream, count) => {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i += 2) {
      const words = philox([i >>> 1, stream, 0, 0], [seed, 0]);
      values[i] = inverseNormal(uniform(words[0], words[1]));
      if (i + 1 < count) values[i + 1] = inverseNormal(uniform(words[2], words[3]));
    }
    return values;
  };
}

/** (k + ½) / 2⁵² with k the upper 52 bits: never 0 or 1, and exact in a double. */
const uniform = (high: number, low: number) => (high * 0x100000 + (low >>> 12) + 0.5) / 2 ** 52;
