import type { TouchedShare } from "./measureTouched.ts";
import type { CompositionScore, FilterCount, TurnScore } from "./SceneRow.ts";
import type { AlphaSummary } from "./summarise.ts";
import type { CompositionTime } from "./timeComposition.ts";

/** What numbers/turns.json holds: means and sums over the scenes, whose own rows stay in the work folder. */
export interface TurnsData {
  readonly scenes: number;
  readonly turns: number;
  /** Side of the pictures, pixels. */
  readonly size: number;
  /** Where filters are looked at and compositions compared. */
  readonly composedAt: number;
  readonly summary: readonly AlphaSummary[];
  /** By α, turn after turn. */
  readonly curves: readonly { readonly alpha: number; readonly turns: readonly TurnScore[] }[];
  readonly filters: readonly FilterCount[];
  readonly composition: readonly CompositionScore[];
  readonly touched: readonly TouchedShare[];
  readonly times: readonly CompositionTime[];
}
