/** Values of one tensor, row-major float32. */
export interface TensorData {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}
