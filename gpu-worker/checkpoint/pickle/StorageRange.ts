import type { Dtype } from "../TensorInfo.ts";

/** The numbers that tensors are views of: an entry of the archive. */
export class StorageRange {
  readonly dtype: Dtype;
  /** Position of the first byte in the file. */
  readonly offset: number;
  /** In elements. */
  readonly length: number;

  constructor(dtype: Dtype, offset: number, length: number) {
    this.dtype = dtype;
    this.offset = offset;
    this.length = length;
  }
}
