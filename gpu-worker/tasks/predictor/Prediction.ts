export interface TaskProbability {
  readonly name: string;
  /** 0 … 1; all tasks of a list sum to 1. */
  readonly probability: number;
}

/** What the predictor makes of an instruction. */
export interface Prediction {
  /** Every task, most probable first. */
  readonly tasks: readonly TaskProbability[];
  /** Probability that the instruction asks for an edit at all, 0 … 1. */
  readonly edit: number;
  /** Of length 1; cosines between them say how alike instructions are. */
  readonly embedding: Float32Array;
}
