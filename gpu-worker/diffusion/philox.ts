/** High and low word of a 32 × 32 bit product; the halves keep every intermediate below 2⁵³. */
function multiplyWide(a: number, b: number): readonly [high: number, low: number] {
  const low = Math.imul(a, b) >>> 0;
  const high = (a * (b >>> 16) + Math.floor((a * (b & 0xffff)) / 65536)) / 65536;
  return [Math.floor(high), low];
}

/**
 * Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): a bijection of a 128-bit counter
 * under a 64-bit key, in integer arithmetic only, so that every machine computes the same bits.
 * @returns four uniform words, 0 … 2³²−1
 */
export function philox(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): readonly [number, number, number, number] {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const [high0, low0] = multiplyWide(c0, 0xd2511f53);
    const [high1, low1] = multiplyWide(c2, 0xcd9e8d57);
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}
