import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { ShapeError } from "../ShapeError.ts";
import { describe, expectRank } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { attentionGradient } from "./attentionGradient.ts";

export interface AttentionAttributes {
  readonly heads: number;
  /** A token sees itself and those before it. */
  readonly causal: boolean;
}

/** One fused kernel on CPU and CUDA: never holds the whole matrix of scores. */
export const attentionOp: Op<AttentionAttributes> = {
  name: "attention",
  emit(graph, inputs, { heads, causal }) {
    const [q, k, v, lengths] = inputs as [Value, Value, Value, Value | undefined];
    for (const value of [q, k, v]) expectRank("attention", value, 3);
    const fits =
      q.dims[0] === k.dims[0] && q.dims[2] === k.dims[2] && k.dims[1] === v.dims[1] && k.dims[0] === v.dims[0];
    if (!fits) throw new ShapeError("attention", `${[q, k, v].map(describe).join(", ")} do not fit together`);
    if (q.dims[2]! % heads !== 0 || v.dims[2]! % heads !== 0) {
      throw new ShapeError("attention", `${describe(q)} does not divide into ${heads} heads`);
    }
    if (lengths && (lengths.type !== "int32" || lengths.dims.length !== 1 || lengths.dims[0] !== k.dims[0])) {
      throw new ShapeError("attention", `lengths ${describe(lengths)} must be int32 [${k.dims[0]}]`);
    }
    return graph.node(
      "MultiHeadAttention",
      lengths ? [q, k, v, undefined, lengths] : [q, k, v],
      [q.dims[0]!, q.dims[1]!, v.dims[2]!],
      {
        domain: "com.microsoft",
        attributes: { num_heads: heads, unidirectional: Number(causal) },
      },
    );
  },
  gradient: attentionGradient,
};

/**
 * softmax(q kᵀ / √d) v per head: q `[N, queries, heads·d]`, k and v `[N, keys, heads·d]` → `[N, queries, heads·d]`.
 * With lengths (int32 `[N]`) only the first so many keys count, the others are padding.
 */
export const attention = (
  graph: Graph,
  q: Value,
  k: Value,
  v: Value,
  options: { heads: number; causal?: boolean; lengths?: Value },
): Value =>
  graph.apply(attentionOp, options.lengths ? [q, k, v, options.lengths] : [q, k, v], {
    heads: options.heads,
    causal: options.causal ?? false,
  });
