import type { TouchedShare } from "./measureTouched.ts";
import type { SceneRow } from "./SceneRow.ts";
import type { CompositionTime } from "./timeComposition.ts";

/** What numbers/turns.json holds. */
export interface TurnsData {
  readonly turns: number;
  readonly alphas: readonly number[];
  /** Side of the pictures, pixels. */
  readonly size: number;
  readonly composedAt: number;
  readonly scenes: readonly SceneRow[];
  readonly touched: readonly TouchedShare[];
  readonly times: readonly CompositionTime[];
}
