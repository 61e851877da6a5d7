import type { Graph } from "../Graph.ts";
import type { BackwardUse } from "../Op.ts";
import type { Value } from "../Value.ts";
import { ordered } from "./after.ts";
import { add, mul, sub } from "./arithmetic.ts";
import type { AttentionAttributes } from "./attention.ts";
import { concat } from "./concat.ts";
import { matMul } from "./matMul.ts";
import { reshape } from "./reshape.ts";
import { slice } from "./slice.ts";
import { softmax } from "./softmax.ts";
import { sum } from "./sum.ts";
import { transpose } from "./transpose.ts";

/** Scores of so many bytes are held at a time, and three matrices of that size beside them. */
const chunkBytes = 64 * 1024 * 1024;

/**
 * Gradients of attention by q, k and v, from P = softmax(s q kᵀ), s = 1 / √d:
 * dV = Pᵀ dy, dS = P ∘ (dy Vᵀ − rowsum(dy ∘ y)), dQ = s dS K, dK = s dSᵀ Q (Dao et al. 2022, FlashAttention, §B.2).
 * P is computed anew for a chunk of queries at a time; a chunk waits for the one before, so that one P is in memory.
 */
export function attentionGradient(graph: Graph, use: BackwardUse<AttentionAttributes>): readonly (Value | undefined)[] {
  const { dy, dims, wants, attributes } = use;
  if (attributes.causal || attributes.scale !== undefined || dims.length > 3) {
    throw new Error("attention: no gradient with a mask, a bias or another scale");
  }
  const { heads } = attributes;
  const [n, queries, width] = dims[0] as [number, number, number];
  const keys = dims[1]![1]!;
  const scale = 1 / Math.sqrt(width / heads);

  // 1. heads apart: [N, T, heads·d] → [N, heads, T, d]
  const apart = (value: Value) => {
    const [, tokens, channels] = value.dims as [number, number, number];
    return transpose(graph, reshape(graph, value, [n, tokens, heads, channels / heads]), [0, 2, 1, 3]);
  };
  const together = (value: Value) => {
    const [, , tokens, channels] = value.dims as [number, number, number, number];
    return reshape(graph, transpose(graph, value, [0, 2, 1, 3]), [n, tokens, heads * channels]);
  };
  const late = (value: Value) => apart(ordered(graph, value, [dy]));
  const [q, k, v] = [mul(graph, late(use.input(0)), scale), late(use.input(1)), late(use.input(2))];
  const dOut = apart(dy);
  const rowSums = sum(graph, mul(graph, dOut, late(use.output())), [-1]); // [N, heads, T, 1]

  // 2. chunks of queries
  const chunks = Math.min(queries, Math.ceil((n * heads * queries * keys * 4) / chunkBytes));
  const dQ: Value[] = [];
  let [dK, dV]: (Value | undefined)[] = [];
  for (let i = 0; i < chunks; i++) {
    const [start, end] = [i, i + 1].map((at) => Math.floor((at * queries) / chunks)) as [number, number];
    const gates = i === 0 ? [] : [dQ[i - 1]!, dK!, dV!];
    const part = (value: Value) => {
      const rows = slice(graph, value, 2, start, end);
      return gates.length ? ordered(graph, rows, gates) : rows;
    };
    const [ownQ, ownDy] = [part(q), part(dOut)];
    const p = softmax(graph, matMul(graph, ownQ, k, { transB: true }));
    const dP = matMul(graph, ownDy, v, { transB: true });
    const dScores = mul(graph, p, sub(graph, dP, slice(graph, rowSums, 2, start, end)));
    dQ.push(mul(graph, matMul(graph, dScores, k), scale));
    const ownDK = matMul(graph, dScores, ownQ, { transA: true });
    const ownDV = matMul(graph, p, ownDy, { transA: true });
    dK = dK ? add(graph, dK, ownDK) : ownDK;
    dV = dV ? add(graph, dV, ownDV) : ownDV;
  }
  return [
    wants[0] ? together(dQ.length === 1 ? dQ[0]! : concat(graph, dQ as [Value, ...Value[]], 2)) : undefined,
    wants[1] ? together(dK!) : undefined,
    wants[2] ? together(dV!) : undefined,
  ];
}
