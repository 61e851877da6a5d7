import { philox } from "../../diffusion/philox.ts";

/** Streams below this belong to the noise of edits and of examples. */
const firstStream = 0x4000_0000;

/** `count` numbers in [0, 1), the same on every machine for the same seed and stream. */
export function uniforms(seed: number, stream: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => philox([i, firstStream + stream, 0, 0], [seed, 0])[0] / 2 ** 32);
}
