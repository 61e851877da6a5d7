/**
 * A rounded height over a shape, in cells: the solution of ∇²u − u / reach² = −4 with u = 0 outside, of which √u is the
 * height. A small disc becomes a half ball; what is wider than `reach` becomes flat in the middle.
 * @param inside 1 for cells of the shape, row by row
 * @param reach in cells
 * @returns u for each cell
 */
export function inflate(inside: Uint8Array, width: number, height: number, reach: number): Float32Array {
  const u = startOf(inside, width, height, reach);
  // Successive over-relaxation; the coarser solution is close already, so that few sweeps are enough.
  const pull = 4 + 1 / (reach * reach);
  for (let sweep = 0; sweep < 14; sweep++) {
    for (let y = 1; y < height - 1; y++) {
      for (let i = y * width + 1, end = i + width - 2; i < end; i++) {
        if (inside[i] === 0) continue;
        const around =
          (u[i - 1] as number) + (u[i + 1] as number) + (u[i - width] as number) + (u[i + width] as number);
        u[i] = (u[i] as number) + 1.6 * ((around + 4) / pull - (u[i] as number));
      }
    }
  }
  return u;
}

/** The solution on a grid of half the cells, spread out. */
function startOf(inside: Uint8Array, width: number, height: number, reach: number): Float32Array {
  const u = new Float32Array(width * height);
  if (Math.min(width, height) < 8) return u;
  const [halfWidth, halfHeight] = [(width + 1) >> 1, (height + 1) >> 1];
  const half = new Uint8Array(halfWidth * halfHeight);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (inside[y * width + x]) half[(y >> 1) * halfWidth + (x >> 1)] = 1;
    }
  }
  // The outermost cells stay outside: the sweeps do not reach them.
  const coarse = inflate(half, halfWidth, halfHeight, reach / 2);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // Lengths double, so their squares are four times as large.
      if (inside[y * width + x]) u[y * width + x] = 4 * (coarse[(y >> 1) * halfWidth + (x >> 1)] as number);
    }
  }
  return u;
}
