import type { Graph } from "./Graph.ts";
import type { Value } from "./Value.ts";

/**
 * An operation: checks the shapes of its inputs and emits the ONNX nodes that compute it. An op's gradient rule stands
 * beside it, in the same object; `gradient.ts` applies it to the uses on the graph's tape.
 */
export interface Op<Attributes> {
  readonly name: string;
  /** @throws ShapeError when the inputs do not fit */
  emit(graph: Graph, inputs: readonly Value[], attributes: Attributes): Value;
  /**
   * Emits the gradients of the inputs, in their order; those that are not wanted may be undefined. An op without a rule
   * cannot stand between a loss and what it is differentiated by.
   */
  gradient?(graph: Graph, use: BackwardUse<Attributes>): readonly (Value | undefined)[];
}

/** One use of an op, as the tape remembers it. */
export interface Application<Attributes = unknown> {
  readonly op: Op<Attributes>;
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
  readonly output: Value;
}

/** One use of an op, as its gradient rule sees it. */
export interface BackwardUse<Attributes> {
  readonly attributes: Attributes;
  /** Gradient of the loss by the output. */
  readonly dy: Value;
  /** Dimensions of each input: asking for them keeps nothing in memory. */
  readonly dims: readonly (readonly number[])[];
  /** Whose gradients are wanted. */
  readonly wants: readonly boolean[];
  /** An input of the use; its value is then kept until the backward pass, or computed anew. */
  input(index: number): Value;
  /** The use's result, likewise. */
  output(): Value;
}
