/** Shapes are static, so each of these is a session of its own; a batch is padded up to the next one. */
export const batchSizes: readonly number[] = [1, 2, 4, 8, 16];

/** More inputs than this are evaluated in parts. */
export const maxBatch = 16;

/** The size of the evaluation that n inputs need, 1 ≤ n ≤ `maxBatch`. */
export const paddedBatch = (n: number): number => batchSizes.find((size) => size >= n) ?? maxBatch;
