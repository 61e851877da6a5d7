/**
 * Standard error of a figure that is computed from all items together, by leaving out one after the other (Efron 1982);
 * 0 for a single item.
 */
export function jackknife<T>(items: readonly T[], figure: (items: readonly T[]) => number): number {
  const count = items.length;
  if (count < 2) return 0;
  const figures = items.map((_, i) => figure(items.toSpliced(i, 1)));
  const middle = figures.reduce((sum, value) => sum + value, 0) / count;
  const spread = figures.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(((count - 1) / count) * spread);
}
