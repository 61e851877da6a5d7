import { reshape } from "../../graph/ops/reshape.ts";
import { slice } from "../../graph/ops/slice.ts";
import type { Value } from "../../graph/Value.ts";
import { layerNormLayer } from "../layers/layers.ts";
import type { Scope } from "../layers/Scope.ts";
import { clipVisionStates } from "./clipVisionStates.ts";
import type { ClipVisionConfig } from "./visionConfig.ts";

/** transformers' CLIPVisionModel: normalised pixels `[1, 3, image_size, image_size]` → pooled state `[1, hidden_size]`. */
export function clipVisionModel(root: Scope, config: ClipVisionConfig, pixels: Value): Value {
  // transformers 5 dropped the prefix that all older checkpoints have.
  const scope = root.has("vision_model.post_layernorm.weight") ? root.at("vision_model") : root;
  const states = clipVisionStates(scope, config, pixels, config.num_hidden_layers);
  const pooled = reshape(scope.graph, slice(scope.graph, states, 1, 0, 1), [1, config.hidden_size]); // the class token's
  return layerNormLayer(scope.at("post_layernorm"), pooled, config.layer_norm_eps);
}
