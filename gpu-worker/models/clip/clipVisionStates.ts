import type { Value } from "../../graph/Value.ts";
import { convLayer, layerNormLayer } from "../layers/layers.ts";
import { patchTokens } from "../layers/patchTokens.ts";
import { preNormLayer } from "../layers/preNormLayer.ts";
import type { Scope } from "../layers/Scope.ts";
import { clipLayerNames } from "./clipLayerNames.ts";
import type { ClipVisionConfig } from "./visionConfig.ts";

/**
 * What CLIP's vision encoder says after so many layers, without a norm.
 * @param scope where `embeddings` and `encoder` are
 * @param pixels normalised, `[1, 3, image_size, image_size]`
 * @returns class token first: `[1, 1 + patches, hidden_size]`
 */
export function clipVisionStates(scope: Scope, config: ClipVisionConfig, pixels: Value, layers: number): Value {
  const { graph } = scope;
  const { hidden_size: width, patch_size: patch, layer_norm_eps: epsilon } = config;
  const count = Math.floor(config.image_size / patch) ** 2 + 1;
  const embeddings = scope.at("embeddings");
  const patches = convLayer(embeddings.at("patch_embedding"), pixels, width, {
    kernel: patch,
    stride: patch,
    bias: false,
  });
  const first = embeddings.weight("class_embedding", [width], [1, 1, width]);
  const places = embeddings.weight("position_embedding.weight", [count, width], [1, count, width]);
  // The name is misspelt in every checkpoint.
  let x = layerNormLayer(scope.at("pre_layrnorm"), patchTokens(graph, patches, first, places), epsilon);
  for (let layer = 0; layer < layers; layer++) {
    x = preNormLayer(scope.at("encoder.layers").at(layer), x, {
      names: clipLayerNames,
      heads: config.num_attention_heads,
      inner: config.intermediate_size,
      activation: config.hidden_act,
      epsilon,
    });
  }
  return x;
}
