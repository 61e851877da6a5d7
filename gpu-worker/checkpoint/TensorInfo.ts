/** Bytes per element of the element types that safetensors defines. */
export const dtypeBytes = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
} as const;

export type Dtype = keyof typeof dtypeBytes;

/** One tensor of a file. */
export interface TensorInfo {
  readonly dtype: Dtype;
  readonly dims: readonly number[];
  /** Position of the first byte in the file. */
  readonly offset: number;
  /** Of its elements, in bytes. */
  readonly length: number;
  /** Elements from one index of an axis to the next; absent when the elements lie in order, one after the other. */
  readonly strides?: readonly number[];
}
