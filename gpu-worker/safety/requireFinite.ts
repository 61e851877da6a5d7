import { EmendError } from "../../src/errors/EmendError.ts";

/**
 * What a checker computed, if it is numbers: comparisons with NaN are false, so that damaged weights would let every
 * picture through.
 * @throws EmendError `engine_failed`
 */
export function requireFinite(values: Float32Array, checker: string): Float32Array {
  if (values.every(Number.isFinite)) return values;
  throw new EmendError("engine_failed", `${checker} computed no numbers; its weights are damaged, fetch them again.`);
}
