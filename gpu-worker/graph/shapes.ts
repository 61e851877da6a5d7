import { ShapeError } from "./ShapeError.ts";
import type { Value } from "./Value.ts";

type Dims = readonly number[];

/** Number of elements. */
export const sizeOf = (dims: Dims): number => dims.reduce((product, dim) => product * dim, 1);

export const sameDims = (a: Dims, b: Dims): boolean => a.length === b.length && a.every((dim, i) => dim === b[i]);

/** The dimension at `axis`; negative axes count from the end. */
export function dimAt(op: string, value: Value, axis: number): number {
  const dim = value.dims.at(axis);
  if (dim === undefined) throw new ShapeError(op, `${describe(value)} has no axis ${axis}`);
  return dim;
}

/** `axis` as 0 … rank − 1. */
export function normalAxis(op: string, value: Value, axis: number): number {
  dimAt(op, value, axis);
  return axis < 0 ? axis + value.dims.length : axis;
}

export const describe = (value: Value): string => `${value.name} [${value.dims.join(", ")}] ${value.type}`;

export function expectRank(op: string, value: Value, rank: number): void {
  if (value.dims.length !== rank) throw new ShapeError(op, `${describe(value)} must have ${rank} dimensions`);
}

export function expectDims(op: string, value: Value, dims: Dims): void {
  if (!sameDims(value.dims, dims)) throw new ShapeError(op, `${describe(value)} must be [${dims.join(", ")}]`);
}

/** Shape of an elementwise op under multidirectional broadcasting (numpy's rule). */
export function broadcastDims(op: string, a: Value, b: Value): number[] {
  const rank = Math.max(a.dims.length, b.dims.length);
  return Array.from({ length: rank }, (_, i) => {
    const left = a.dims.at(i - rank) ?? 1;
    const right = b.dims.at(i - rank) ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new ShapeError(op, `${describe(a)} and ${describe(b)} do not broadcast`);
    }
    return left === 1 ? right : left;
  });
}
