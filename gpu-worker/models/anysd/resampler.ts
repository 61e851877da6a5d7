import { badModel } from "../../checkpoint/badModel.ts";
import type { TensorStore } from "../../checkpoint/TensorStore.ts";
import type { Graph } from "../../graph/Graph.ts";
import { add } from "../../graph/ops/arithmetic.ts";
import { attention } from "../../graph/ops/attention.ts";
import { concat } from "../../graph/ops/concat.ts";
import { gelu } from "../../graph/ops/gelu.ts";
import { linear } from "../../graph/ops/linear.ts";
import type { Value } from "../../graph/Value.ts";
import { layerNormLayer, linearLayer } from "../layers/layers.ts";
import { Scope } from "../layers/Scope.ts";

const epsilon = 1e-5;
/** Width of one head, in every IP-Adapter. */
const headWidth = 64;

/**
 * IP-Adapter Plus' Resampler (Ye et al. 2023; a perceiver): a few learned tokens look at a picture's states, layer by
 * layer. Its sizes are those of its weights.
 * @param store holds `image_proj.…`
 * @param states `[1, T, width of the vision encoder]`
 * @returns `[1, tokens, cross_attention_dim]`
 * @throws EmendError `bad_model`
 */
export function resampler(graph: Graph, store: TensorStore, states: Value): Value {
  const scope = new Scope(graph, store, "image_proj.");
  const dimsOf = (name: string): readonly number[] => {
    const dims = store.tensors.get(`image_proj.${name}`)?.dims;
    if (!dims) throw badModel(store.label, `tensor "image_proj.${name}" is missing; it is no IP-Adapter Plus`);
    return dims;
  };
  const tokens = dimsOf("latents");
  const width = tokens[2]!;
  const x = linearLayer(scope.at("proj_in"), states, width);
  let latents = scope.weight("latents", tokens);
  for (let layer = 0; scope.has(`layers.${layer}.0.to_q.weight`); layer++) {
    const [look, feed] = [scope.at("layers").at(layer).at(0), scope.at("layers").at(layer).at(1)];
    const inner = dimsOf(`layers.${layer}.0.to_q.weight`)[0]!;
    const own = layerNormLayer(look.at("norm2"), latents, epsilon);
    const seen = concat(graph, [layerNormLayer(look.at("norm1"), x, epsilon), own], 1);
    const [k, v] = [0, inner].map((start) =>
      linear(graph, seen, look.rows("to_kv.weight", [2 * inner, width], start, start + inner)),
    );
    const q = linearLayer(look.at("to_q"), own, inner);
    const mixed = attention(graph, q, k!, v!, { heads: inner / headWidth });
    latents = add(graph, linearLayer(look.at("to_out"), mixed, width), latents);
    const hidden = linearLayer(feed.at(1), layerNormLayer(feed.at(0), latents, epsilon), feedWidth(dimsOf, layer));
    latents = add(graph, linearLayer(feed.at(3), gelu(graph, hidden), width), latents);
  }
  const out = linearLayer(scope.at("proj_out"), latents, dimsOf("proj_out.weight")[0]!);
  return layerNormLayer(scope.at("norm_out"), out, epsilon);
}

const feedWidth = (dimsOf: (name: string) => readonly number[], layer: number): number =>
  dimsOf(`layers.${layer}.1.1.weight`)[0]!;
