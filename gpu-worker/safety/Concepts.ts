/** Directions in CLIP's space that stand for something, and how near a picture may come to each. */
export interface ConceptSet {
  /** `[count · dim]`, one direction after the other; of any length but zero. */
  readonly directions: Float32Array;
  /** The largest cosine that is fine, `[count]`. */
  readonly thresholds: Float32Array;
}

/** What a StableDiffusionSafetyChecker compares pictures with. */
export interface Concepts {
  /** Each of these alone makes a picture unsafe. */
  readonly unsafe: ConceptSet;
  /** Near one of these, all later thresholds are stricter. */
  readonly specialCare: ConceptSet;
}
