import type { DataType } from "./DataType.ts";

/** Values of a node's attributes; `{ float }` marks a float, since 1 and 1.0 are the same number here. */
export type Attribute = number | string | readonly number[] | { readonly float: number };

/** One node of the ONNX graph. An empty input name leaves out an optional input. */
export interface OnnxNode {
  readonly opType: string;
  /** "" is ONNX's own operator set, "com.microsoft" onnxruntime's, and "com.microsoft.nchwc" what its CPU provider uses inside. */
  readonly domain: "" | "com.microsoft" | "com.microsoft.nchwc";
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Element type of the outputs. */
  readonly type: DataType;
  /** Shapes of the outputs. */
  readonly dims: readonly (readonly number[])[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}
