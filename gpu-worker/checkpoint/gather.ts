/**
 * The elements of a strided array in order, the last axis fastest.
 * @param strides elements from one index of an axis to the next
 * @param size bytes of an element
 */
export function gather(
  bytes: Uint8Array,
  dims: readonly number[],
  strides: readonly number[],
  size: number,
): Uint8Array {
  const out = new Uint8Array(dims.reduce((product, dim) => product * dim, size));
  const index = dims.map(() => 0);
  let from = 0;
  for (let to = 0; to < out.length; to += size) {
    for (let i = 0; i < size; i++) out[to + i] = bytes[from * size + i]!;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      from += strides[axis]!;
      if (index[axis]! < dims[axis]!) break;
      from -= index[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}
