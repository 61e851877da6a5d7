import { reshape } from "../../graph/ops/reshape.ts";
import { slice } from "../../graph/ops/slice.ts";
import { softmax } from "../../graph/ops/softmax.ts";
import type { Value } from "../../graph/Value.ts";
import { convLayer, layerNormLayer, linearLayer } from "../layers/layers.ts";
import { patchTokens } from "../layers/patchTokens.ts";
import { type PreNormNames, preNormLayer } from "../layers/preNormLayer.ts";
import type { Scope } from "../layers/Scope.ts";
import type { VitConfig } from "./config.ts";

const names: PreNormNames = {
  norm1: "layernorm_before",
  query: "attention.attention.query",
  key: "attention.attention.key",
  value: "attention.attention.value",
  out: "attention.output.dense",
  norm2: "layernorm_after",
  fc1: "intermediate.dense",
  fc2: "output.dense",
};

/**
 * transformers' ViTForImageClassification (Dosovitskiy et al. 2021): normalised pixels `[1, 3, image_size, image_size]`
 * → probabilities of the labels `[1, labels]`.
 */
export function vitForImageClassification(root: Scope, config: VitConfig, pixels: Value): Value {
  const scope = root.at("vit");
  const { graph } = scope;
  const { hidden_size: width, patch_size: patch, layer_norm_eps: epsilon } = config;
  const count = Math.floor(config.image_size / patch) ** 2 + 1;
  const embeddings = scope.at("embeddings");
  const patches = convLayer(embeddings.at("patch_embeddings.projection"), pixels, width, {
    kernel: patch,
    stride: patch,
  });
  const first = embeddings.weight("cls_token", [1, 1, width]);
  let x = patchTokens(graph, patches, first, embeddings.weight("position_embeddings", [1, count, width]));
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    x = preNormLayer(scope.at("encoder.layer").at(layer), x, {
      names,
      heads: config.num_attention_heads,
      inner: config.intermediate_size,
      activation: config.hidden_act,
      epsilon,
    });
  }
  const pooled = slice(graph, layerNormLayer(scope.at("layernorm"), x, epsilon), 1, 0, 1); // the class token's state
  const row = reshape(graph, pooled, [1, width]);
  return softmax(graph, linearLayer(root.at("classifier"), row, config.labels.length));
}
