/**
 * Separable Gaussian low-pass of one plane `[height × width]`, cut at 2.5 σ, edges repeated.
 * @param sigma in pixels
 */
export function gaussianBlur(plane: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const radius = Math.round(2.5 * sigma);
  const taps = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)));
  const total = taps.reduce((a, b) => a + b);
  const kernel = Float32Array.from(taps, (tap) => tap / total);
  const rows = new Float32Array(plane.length);
  const result = new Float32Array(plane.length);
  const padded = new Float32Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    const row = plane.subarray(y * width, (y + 1) * width);
    padded.fill(row[0]!, 0, radius).fill(row[width - 1]!, width + radius);
    padded.set(row, radius);
    for (let k = 0; k < kernel.length; k++) {
      const weight = kernel[k]!;
      for (let x = 0; x < width; x++) rows[y * width + x]! += weight * padded[x + k]!;
    }
  }
  for (let y = 0; y < height; y++) {
    for (let k = -radius; k <= radius; k++) {
      const from = Math.min(Math.max(y + k, 0), height - 1) * width;
      const weight = kernel[k + radius]!;
      for (let x = 0; x < width; x++) result[y * width + x]! += weight * rows[from + x]!;
    }
  }
  return result;
}
