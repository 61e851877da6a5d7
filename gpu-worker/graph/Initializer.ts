/** A run of bytes inside a file that already exists. */
export interface FileRange {
  /** Absolute, with symbolic links resolved: onnxruntime refuses links that leave their folder. */
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

/** Where a constant's bytes are: in the graph itself, or in a file that onnxruntime maps into memory (no copy). */
export type InitializerSource = Uint8Array | FileRange;

export const isFileRange = (source: InitializerSource): source is FileRange => !(source instanceof Uint8Array);
