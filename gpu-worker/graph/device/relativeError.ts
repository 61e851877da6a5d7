/** ‖a − b‖ / ‖b‖; infinite when a holds something that is no number. */
export function relativeError(a: Float32Array, b: Float32Array): number {
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < b.length; i++) {
    difference += (a[i]! - b[i]!) ** 2;
    norm += b[i]! ** 2;
  }
  const error = Math.sqrt(difference / norm);
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}
