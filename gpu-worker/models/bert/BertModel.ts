import { z } from "zod";
import { add } from "../../graph/ops/arithmetic.ts";
import { attention } from "../../graph/ops/attention.ts";
import { gelu } from "../../graph/ops/gelu.ts";
import type { Value } from "../../graph/Value.ts";
import { layerNormLayer, linearLayer } from "../layers/layers.ts";
import type { Scope } from "../layers/Scope.ts";

const count = z.int().positive();

/** The keys of transformers' BertConfig that decide the shapes. */
export const bertShape = {
  vocab_size: count,
  hidden_size: count,
  num_hidden_layers: count,
  num_attention_heads: count,
  intermediate_size: count,
  max_position_embeddings: count,
  layer_norm_eps: z.number().positive(),
};

export type BertConfig = Readonly<Record<Exclude<keyof typeof bertShape, "layer_norm_eps">, number>> & {
  readonly layer_norm_eps: number;
};

/**
 * transformers' BertModel (Devlin et al. 2018; layer norm after each residual, exact GELU, token type 0, no pooler) from
 * the tokens' word embeddings on, which are looked up outside: a table of words is most of a small model.
 * @param words `[N, T, hidden_size]`; what stands behind a text's end is padding
 * @param lengths int32 `[N]`: tokens of each text
 * @returns last hidden state `[N, T, hidden_size]`; at padding it means nothing
 */
export function bertModel(scope: Scope, config: BertConfig, words: Value, lengths: Value): Value {
  const { graph } = scope;
  const width = config.hidden_size;
  const embeddings = scope.at("embeddings");
  const places = embeddings.rows(
    "position_embeddings.weight",
    [config.max_position_embeddings, width],
    0,
    words.dims[1]!,
  );
  const type = embeddings.rows("token_type_embeddings.weight", [2, width], 0, 1);
  let x = add(graph, add(graph, words, places), type);
  x = layerNormLayer(embeddings.at("LayerNorm"), x, config.layer_norm_eps);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    x = bertLayer(scope.at("encoder.layer").at(layer), x, config, lengths);
  }
  return x;
}

/** One block: x `[N, T, width]` → `[N, T, width]`. */
function bertLayer(scope: Scope, x: Value, config: BertConfig, lengths: Value): Value {
  const { graph } = scope;
  const { hidden_size: width, num_attention_heads: heads, layer_norm_eps: epsilon } = config;
  const self = scope.at("attention.self");
  const [q, k, v] = ["query", "key", "value"].map((name) => linearLayer(self.at(name), x, width));
  const mixed = attention(graph, q!, k!, v!, { heads, lengths });
  const output = scope.at("attention.output");
  const attended = layerNormLayer(
    output.at("LayerNorm"),
    add(graph, linearLayer(output.at("dense"), mixed, width), x),
    epsilon,
  );
  const inner = gelu(graph, linearLayer(scope.at("intermediate.dense"), attended, config.intermediate_size));
  const back = linearLayer(scope.at("output.dense"), inner, width);
  return layerNormLayer(scope.at("output.LayerNorm"), add(graph, back, attended), epsilon);
}
