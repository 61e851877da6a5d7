/** A part of an edit as shares of its steps, 0 … 1: from the first, up to but without the second. */
export type Interval = readonly [start: number, end: number];

/** What may be left out of an edit. Every part is on its own and changes the picture; where none is set, nothing is. */
export interface Acceleration {
  /** When text guidance works; outside it is 1, none (Kynkäänniemi et al. 2024, arXiv 2404.07724). */
  readonly textInterval?: Interval;
  /** When image guidance works. It holds the layout, which is settled early. */
  readonly imageInterval?: Interval;
  /**
   * Adaptive guidance (Castillo et al. 2023, arXiv 2312.12487): from this cosine similarity on, two branches tell the same,
   * and the guidance between them ends for the rest of the edit; that of the image first, then that of the text.
   */
  readonly similarity?: number;
  /** The branch without picture and text is evaluated at every so many steps and reused between: its weight is 1 − s_I. */
  readonly noneEvery?: number;
  /** DeepCache: the whole network at every so many steps, else its outer layers; see `EditModel.denoiseDeep`. */
  readonly deepCache?: { readonly interval: number; readonly branch: number };
  /** Large linear layers in int8, where the processor is good at it; see `DenoiserInput.int8`. */
  readonly int8?: boolean;
}
