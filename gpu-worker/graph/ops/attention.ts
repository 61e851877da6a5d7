import type { Graph } from "../Graph.ts";
import type { Op } from "../Op.ts";
import { ShapeError } from "../ShapeError.ts";
import { describe, expectDims, expectRank } from "../shapes.ts";
import type { Value } from "../Value.ts";
import { attentionGradient } from "./attentionGradient.ts";

export interface AttentionAttributes {
  readonly heads: number;
  /** A token sees itself and those before it. */
  readonly causal: boolean;
  /** What scores are multiplied by; default 1 / √d. */
  readonly scale?: number | undefined;
  /** The optional inputs that follow q, k and v, in this order. */
  readonly extras: readonly ("lengths" | "bias")[];
}

/** One fused kernel on CPU and CUDA: never holds the whole matrix of scores. */
export const attentionOp: Op<AttentionAttributes> = {
  name: "attention",
  emit(graph, inputs, { heads, causal, scale, extras }) {
    const [q, k, v] = inputs as [Value, Value, Value];
    const extra = (name: "lengths" | "bias") => (extras.includes(name) ? inputs[3 + extras.indexOf(name)] : undefined);
    const [lengths, bias] = [extra("lengths"), extra("bias")];
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
    if (bias) expectDims("attention", bias, [1, heads, q.dims[1]!, k.dims[1]!]);
    const all = [q, k, v, undefined, lengths, bias];
    return graph.node(
      "MultiHeadAttention",
      all.slice(0, all.findLastIndex((value) => value) + 1),
      [q.dims[0]!, q.dims[1]!, v.dims[2]!],
      {
        domain: "com.microsoft",
        attributes: {
          num_heads: heads,
          unidirectional: Number(causal),
          ...(scale === undefined ? {} : { scale: { float: scale } }),
        },
      },
    );
  },
  gradient: attentionGradient,
};

export interface AttentionOptions {
  readonly heads: number;
  readonly causal?: boolean;
  /** int32 `[N]`: only the first so many keys count, the others are padding. */
  readonly lengths?: Value | undefined;
  /** Added to the scores, `[1, heads, queries, keys]`. */
  readonly bias?: Value | undefined;
  readonly scale?: number;
}

/** softmax(q kᵀ / √d) v per head: q `[N, queries, heads·d]`, k and v `[N, keys, heads·d]` → `[N, queries, heads·d]`. */
export function attention(graph: Graph, q: Value, k: Value, v: Value, options: AttentionOptions): Value {
  const extras = (["lengths", "bias"] as const).filter((name) => options[name]);
  return graph.apply(attentionOp, [q, k, v, ...extras.map((name) => options[name]!)], {
    heads: options.heads,
    causal: options.causal ?? false,
    scale: options.scale,
    extras,
  });
}
