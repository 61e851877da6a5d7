import type { T5Config } from "./config.ts";

/**
 * The bucket of each pair of places, query by query, `[length · length]`: every small distance has its own, larger ones
 * share theirs on a logarithmic scale, before and after apart (Raffel et al. 2020, §2.1). In float32 as the reference
 * computes it, since the logarithm decides at the borders.
 */
export function relativeBuckets(length: number, config: T5Config): number[] {
  const half = config.relative_attention_num_buckets / 2;
  const exact = Math.floor(half / 2);
  const range = Math.fround(Math.log(config.relative_attention_max_distance / exact));
  const bucketOf = (distance: number) => {
    if (distance < exact) return distance;
    const share = Math.fround(Math.fround(Math.log(Math.fround(distance / exact))) / range);
    return Math.min(exact + Math.trunc(Math.fround(share * (half - exact))), half - 1);
  };
  return Array.from({ length: length * length }, (_, i) => {
    const offset = (i % length) - Math.floor(i / length);
    return (offset > 0 ? half : 0) + bucketOf(Math.abs(offset));
  });
}
