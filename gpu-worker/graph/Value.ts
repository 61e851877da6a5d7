import type { DataType } from "./DataType.ts";

/** A tensor of a graph: what an op reads and writes. Shapes are static, so that every check happens while building. */
export interface Value {
  /** Unique in its graph. */
  readonly name: string;
  readonly type: DataType;
  readonly dims: readonly number[];
}
