/** Intersection over union of two masks, one byte per pixel, non-zero inside; 1 when both are empty. */
export function maskIoU(found: Uint8Array, expected: Uint8Array): number {
  let [both, either] = [0, 0];
  for (let pixel = 0; pixel < expected.length; pixel++) {
    if (found[pixel] && expected[pixel]) both++;
    if (found[pixel] || expected[pixel]) either++;
  }
  return either === 0 ? 1 : both / either;
}
