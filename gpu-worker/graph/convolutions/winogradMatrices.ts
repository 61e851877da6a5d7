/** Row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

export interface WinogradMatrices {
  /** Tile of the image `[m+2, m+2]`, flattened, to what is multiplied: `[(m+2)², (m+2)²]`. */
  readonly image: Matrix;
  /** Kernel `[3, 3]` to what is multiplied: `[(m+2)², 9]`. */
  readonly kernel: Matrix;
  /** Products to the tile of the result `[m, m]`: `[m², (m+2)²]`. */
  readonly result: Matrix;
}

/** Where the polynomials are evaluated, besides infinity. For m = 4 those with the smallest error (Barabasz et al. 2020, table 3). */
const points = { 2: [0, 1, -1], 4: [0, 1, -1, 0.5, -2] };

/** Side of a tile of the result. */
export type WinogradTile = keyof typeof points;

/**
 * The three linear maps of F(m × m, 3 × 3): `result · ((kernel · g) ⊙ (image · d))` is the convolution of a 3 × 3 kernel g with a tile
 * d, of which it makes m × m pixels with (m+2)² multiplications, not 9m². By Toom's and Cook's construction; Lavin & Gray, "Fast
 * Algorithms for Convolutional Neural Networks", 2016.
 */
export function winogradMatrices(m: WinogradTile): WinogradMatrices {
  const p = points[m];
  const side = m + 2;
  const others = (j: number) => p.filter((_, l) => l !== j);
  // Rows of points, the last one for infinity: there a polynomial's value is its highest coefficient.
  const powers = (j: number, count: number, scale = 1) =>
    Array.from({ length: count }, (_, k) => (j < p.length ? p[j]! ** k / scale : Number(k === count - 1)));
  const range = Array.from({ length: side }, (_, j) => j);
  const kernel = range.map((j) => powers(j, 3, j < p.length ? others(j).reduce((n, q) => n * (p[j]! - q), 1) : 1));
  const image = range.map((j) => [...polynomial(others(j)), ...new Array<number>(side).fill(0)].slice(0, side));
  const result = transposed(range.map((j) => powers(j, m)));
  return { image: squared(image), kernel: squared(kernel), result: squared(result) };
}

/** Coefficients of Π (x − root), the constant one first. */
function polynomial(roots: readonly number[]): number[] {
  let coefficients = [1];
  for (const root of roots) {
    coefficients = [...coefficients, 0].map((_, i) => (coefficients[i - 1] ?? 0) - root * (coefficients[i] ?? 0));
  }
  return coefficients;
}

const transposed = (a: readonly (readonly number[])[]): number[][] => a[0]!.map((_, i) => a.map((row) => row[i]!));

/** A ⊗ A: the map on rows and columns of a square at once. */
function squared(a: readonly (readonly number[])[]): Matrix {
  const [rows, columns] = [a.length, a[0]!.length];
  const data = a.flatMap((top) => a.flatMap((left) => top.flatMap((x) => left.map((y) => x * y))));
  return { rows: rows ** 2, columns: columns ** 2, data: Float32Array.from(data) };
}
