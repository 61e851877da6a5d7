import type { Graph } from "./Graph.ts";
import type { Value } from "./Value.ts";

/**
 * An operation: checks the shapes of its inputs and emits the ONNX nodes that compute it. An op's gradient rule stands
 * beside it, in the same file, and reads `Application`s from the graph's tape.
 */
export interface Op<Attributes> {
  readonly name: string;
  /** @throws ShapeError when the inputs do not fit */
  emit(graph: Graph, inputs: readonly Value[], attributes: Attributes): Value;
}

/** One use of an op, as the tape remembers it. */
export interface Application<Attributes = unknown> {
  readonly op: Op<Attributes>;
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
  readonly output: Value;
}
