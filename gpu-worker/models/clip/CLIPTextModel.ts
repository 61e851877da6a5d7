import { add } from "../../graph/ops/arithmetic.ts";
import { gather } from "../../graph/ops/gather.ts";
import type { Value } from "../../graph/Value.ts";
import { layerNormLayer } from "../layers/layers.ts";
import { preNormLayer } from "../layers/preNormLayer.ts";
import type { Scope } from "../layers/Scope.ts";
import { clipLayerNames } from "./clipLayerNames.ts";
import type { ClipTextConfig } from "./config.ts";

/** transformers' CLIPTextModel: int64 ids `[N, T]` → last hidden state after the final norm `[N, T, hidden_size]`. */
export function clipTextModel(root: Scope, config: ClipTextConfig, ids: Value): Value {
  // transformers 5 dropped the prefix that all older checkpoints have.
  const scope = root.has("text_model.final_layer_norm.weight") ? root.at("text_model") : root;
  const { graph } = scope;
  const width = config.hidden_size;
  const embeddings = scope.at("embeddings");
  const tokens = gather(graph, embeddings.weight("token_embedding.weight", [config.vocab_size, width]), ids);
  const places = embeddings.rows("position_embedding.weight", [config.max_position_embeddings, width], 0, ids.dims[1]!);
  let x = add(graph, tokens, places);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    x = encoderLayer(scope.at("encoder.layers").at(layer), x, config);
  }
  return layerNormLayer(scope.at("final_layer_norm"), x, config.layer_norm_eps);
}

function encoderLayer(scope: Scope, x: Value, config: ClipTextConfig): Value {
  return preNormLayer(scope, x, {
    names: clipLayerNames,
    heads: config.num_attention_heads,
    inner: config.intermediate_size,
    activation: config.hidden_act,
    epsilon: config.layer_norm_eps,
    causal: true,
  });
}

/** Where the pooled state is taken: the first end token, or for old configs (id 2) the highest id, as transformers does. */
export function poolPosition(ids: readonly number[], config: ClipTextConfig): number {
  const wanted = config.eos_token_id === 2 ? Math.max(...ids) : config.eos_token_id;
  return Math.max(ids.indexOf(wanted), 0);
}
