import type { ConceptSet, Concepts } from "./Concepts.ts";

/** How much stricter the checker gets once a concept of special care was found. */
const strictness = 0.01;

/**
 * The decision of diffusers' StableDiffusionSafetyChecker about a picture's embedding `[dim]`: special care first, in order, then
 * the concepts; scores are rounded to three places, so a concept counts from 0.0005 above its threshold. Single
 * precision throughout, as numpy has it.
 */
export function isUnsafeEmbedding(embedding: Float32Array, { unsafe, specialCare }: Concepts): boolean {
  let adjustment = 0;
  for (const excess of excesses(embedding, specialCare)) {
    if (isAbove(excess, adjustment)) adjustment = strictness;
  }
  return excesses(embedding, unsafe).some((excess) => isAbove(excess, adjustment));
}

/** cosine − threshold for each direction. */
function excesses(embedding: Float32Array, { directions, thresholds }: ConceptSet): number[] {
  return Array.from(thresholds, (threshold, i) => {
    const direction = directions.subarray(i * embedding.length, (i + 1) * embedding.length);
    return Math.fround(Math.fround(cosine(embedding, direction)) - threshold);
  });
}

/** Whether the score, rounded to three places, is more than zero. */
const isAbove = (excess: number, adjustment: number): boolean =>
  Math.fround(Math.fround(excess + Math.fround(adjustment)) * 1000) > 0.5; // a half is rounded to the even zero

/** With torch's guard against vectors of length zero. */
function cosine(a: Float32Array, b: Float32Array): number {
  let [product, lengthA, lengthB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    lengthA += a[i]! ** 2;
    lengthB += b[i]! ** 2;
  }
  return product / (Math.max(Math.sqrt(lengthA), 1e-12) * Math.max(Math.sqrt(lengthB), 1e-12));
}
