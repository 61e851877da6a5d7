/** What became of one turn. */
export interface TurnScore {
  /** Mean absolute difference and `perceptualDistance`, against the turn before and against the exact answer. */
  readonly stepL1: number;
  readonly stepLooks: number;
  readonly exactL1: number;
  readonly exactLooks: number;
  /** Σ|out − exact| and Σ|exact before − exact| over the pixels that the exact edit changes, on [0, 1] per value. */
  readonly missed: number;
  readonly wanted: number;
  readonly keptShare: number;
}

export interface Chain {
  readonly alpha: number;
  readonly turns: readonly TurnScore[];
  /** After the last turn: pixels that no instruction named, and how many of them have the first picture's bits. */
  readonly unnamed: number;
  readonly identical: number;
  /** The same for those more than `margin` model pixels away from any that was named. */
  readonly farUnnamed: number;
  readonly farIdentical: number;
}

/** How a filter with a threshold tells the pixels that change from the others: counts of the model's pixels. */
export interface FilterCount {
  readonly filter: string;
  readonly alpha: number;
  readonly changed: number;
  readonly missed: number;
  readonly others: number;
  readonly touched: number;
}

/** A way of composing, with the exact answer or the model's in the place of the model's output. */
export interface CompositionScore {
  readonly method: string;
  readonly answer: "exact" | "model";
  readonly l1: number;
  readonly looks: number;
}

/** One scene with its instructions, measured. */
export interface SceneRow {
  readonly scene: number;
  /** Changes with what is measured and how. */
  readonly print: string;
  readonly chains: readonly Chain[];
  /** Each instruction on the exact answer of the one before, by alpha. */
  readonly singles: readonly { readonly alpha: number; readonly turns: readonly TurnScore[] }[];
  readonly filters: readonly FilterCount[];
  readonly composition: readonly CompositionScore[];
}
