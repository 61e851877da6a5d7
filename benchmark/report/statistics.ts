export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard error of the mean; 0 for a single value. */
export function standardError(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
  return Math.sqrt(variance / values.length);
}

/** Mean, least and greatest. */
export interface Spread {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export const spreadOf = (values: readonly number[]): Spread => ({
  mean: mean(values),
  low: Math.min(...values),
  high: Math.max(...values),
});

/** Rounds all numbers of a JSON value, so that data files stay readable. */
export function rounded<T>(value: T, digits = 4): T {
  if (typeof value === "number") return Number(value.toFixed(digits)) as T;
  if (Array.isArray(value)) return value.map((each) => rounded(each, digits)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rounded(each, digits)])) as T;
}
