import type { Row } from "./Row.ts";

/** What the benchmark measures: the numbers of docs/benchmarks/numbers/inversion.json. */
export interface InversionData {
  readonly tasks: readonly string[];
  readonly counts: readonly number[];
  readonly seeds: number;
  /** Held-out pairs of each task. */
  readonly limit: number;
  readonly samples: number;
  readonly vectors: number;
  readonly rows: readonly Row[];
}
