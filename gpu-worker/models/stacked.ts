/** n arrays of one length, one after the other; zeros for those that are missing. A single array is not copied. */
export function stacked(arrays: readonly (Float32Array | undefined)[], n: number = arrays.length): Float32Array {
  const length = arrays.find((array) => array)?.length ?? 0;
  if (n === 1 && arrays[0]) return arrays[0];
  const all = new Float32Array(n * length);
  for (const [i, array] of arrays.entries()) if (array) all.set(array, i * length);
  return all;
}
