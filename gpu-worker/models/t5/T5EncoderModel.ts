import { add, mul } from "../../graph/ops/arithmetic.ts";
import { attention } from "../../graph/ops/attention.ts";
import { gather } from "../../graph/ops/gather.ts";
import { geluTanh } from "../../graph/ops/geluTanh.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { rmsNorm } from "../../graph/ops/rmsNorm.ts";
import { transpose } from "../../graph/ops/transpose.ts";
import { relu } from "../../graph/ops/unary.ts";
import type { Value } from "../../graph/Value.ts";
import { linearLayer } from "../layers/layers.ts";
import type { Scope } from "../layers/Scope.ts";
import type { T5Config } from "./config.ts";
import { relativeBuckets } from "./relativeBuckets.ts";

/**
 * transformers' T5EncoderModel (Raffel et al. 2020; RMS norm before each block, scores unscaled, one table of relative
 * positions for all layers).
 * @param ids int64 `[N, T]`; what stands behind a text's end is padding
 * @param lengths int32 `[N]`: tokens of each text
 * @returns last hidden state `[N, T, d_model]`; at padding it means nothing
 */
export function t5EncoderModel(scope: Scope, config: T5Config, ids: Value, lengths: Value): Value {
  const { graph } = scope;
  const table = scope.has("shared.weight") ? "shared.weight" : "encoder.embed_tokens.weight"; // one tensor, either name
  const blocks = scope.at("encoder.block");
  const bias = positionBias(blocks.at("0.layer.0.SelfAttention.relative_attention_bias"), config, ids.dims[1]!);
  let x = gather(graph, scope.weight(table, [config.vocab_size, config.d_model]), ids);
  for (let i = 0; i < config.num_layers; i++) {
    const layers = blocks.at(i).at("layer");
    const [attentionScope, feedForwardScope] = [layers.at(0), layers.at(1)];
    const normal = normLayer(attentionScope.at("layer_norm"), x, config);
    x = add(graph, x, selfAttention(attentionScope.at("SelfAttention"), normal, config, { bias, lengths }));
    const normalAgain = normLayer(feedForwardScope.at("layer_norm"), x, config);
    x = add(graph, x, feedForward(feedForwardScope.at("DenseReluDense"), normalAgain, config));
  }
  return normLayer(scope.at("encoder.final_layer_norm"), x, config);
}

const normLayer = (scope: Scope, x: Value, config: T5Config): Value =>
  rmsNorm(scope.graph, x, scope.weight("weight", [config.d_model]), config.layer_norm_epsilon);

/** What is added to the scores of every layer: `[1, heads, T, T]`. */
function positionBias(scope: Scope, config: T5Config, length: number): Value {
  const { graph } = scope;
  const table = scope.weight("weight", [config.relative_attention_num_buckets, config.num_heads]);
  const pairs = gather(graph, table, graph.ints(relativeBuckets(length, config))); // [T·T, heads]
  const byHead = transpose(graph, reshape(graph, pairs, [length, length, config.num_heads]), [2, 0, 1]);
  return reshape(graph, byHead, [1, config.num_heads, length, length]);
}

function selfAttention(
  scope: Scope,
  x: Value,
  config: T5Config,
  { bias, lengths }: { bias: Value; lengths: Value },
): Value {
  const [q, k, v] = ["q", "k", "v"].map((name) => linearLayer(scope.at(name), x, config.num_heads * config.d_kv));
  const mixed = attention(scope.graph, q!, k!, v!, { heads: config.num_heads, scale: 1, bias, lengths });
  return linearLayer(scope.at("o"), mixed, config.d_model);
}

function feedForward(scope: Scope, x: Value, config: T5Config): Value {
  const { graph } = scope;
  const inner =
    config.feed_forward_proj === "relu"
      ? relu(graph, linearLayer(scope.at("wi"), x, config.d_ff))
      : mul(
          graph,
          geluTanh(graph, linearLayer(scope.at("wi_0"), x, config.d_ff)),
          linearLayer(scope.at("wi_1"), x, config.d_ff),
        );
  return linearLayer(scope.at("wo"), inner, config.d_model);
}
