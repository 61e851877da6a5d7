import type { Graph } from "./Graph.ts";
import type { Application } from "./Op.ts";
import { attentionOp } from "./ops/attention.ts";
import { conv2dOp } from "./ops/conv2d.ts";
import { matMulOp } from "./ops/matMul.ts";
import { sizeOf } from "./shapes.ts";

/**
 * The multiplications of one run of a graph: those of its convolutions, matrix products and attention, next to which the
 * rest of a network hardly counts.
 */
export const countWork = (graph: Graph): number => graph.tape.reduce((sum, use) => sum + workOf(use), 0);

function workOf({ op, inputs, attributes, output }: Application): number {
  const [a, b] = inputs;
  switch (op.name) {
    case conv2dOp.name: // each result is a sum over its kernel and the channels in
      return sizeOf(output.dims) * sizeOf(b!.dims.slice(1));
    case matMulOp.name:
      return sizeOf(output.dims) * a!.dims.at((attributes as { transA: boolean }).transA ? -2 : -1)!;
    case attentionOp.name: // q kᵀ and the weighted sum of v
      return 2 * sizeOf(a!.dims) * b!.dims[1]!;
    default:
      return 0;
  }
}
