import { add } from "../../graph/ops/arithmetic.ts";
import { attention } from "../../graph/ops/attention.ts";
import { gather } from "../../graph/ops/gather.ts";
import type { Value } from "../../graph/Value.ts";
import { activations } from "../layers/activation.ts";
import { layerNormLayer, linearLayer } from "../layers/layers.ts";
import type { Scope } from "../layers/Scope.ts";
import type { ClipTextConfig } from "./config.ts";

export interface ClipStates {
  /** What the layer before the last one says, without a norm: `[N, T, hidden_size]`. */
  readonly penultimate: Value;
  /** Builds the last layer and the final norm: `[N, T, hidden_size]`. */
  last(): Value;
}

/** transformers' CLIPTextModel from int64 ids `[N, T]` on. */
export function clipTextModel(root: Scope, config: ClipTextConfig, ids: Value): ClipStates {
  // transformers 5 dropped the prefix that all older checkpoints have.
  const scope = root.has("text_model.final_layer_norm.weight") ? root.at("text_model") : root;
  const { graph } = scope;
  const width = config.hidden_size;
  const embeddings = scope.at("embeddings");
  const tokens = gather(graph, embeddings.weight("token_embedding.weight", [config.vocab_size, width]), ids);
  const places = embeddings.rows("position_embedding.weight", [config.max_position_embeddings, width], 0, ids.dims[1]!);
  let x = add(graph, tokens, places);
  const layers = scope.at("encoder.layers");
  for (let i = 0; i < config.num_hidden_layers - 1; i++) x = encoderLayer(layers.at(i), x, config);
  const penultimate = x;
  let last: Value | undefined;
  return {
    penultimate,
    last() {
      last ??= layerNormLayer(
        scope.at("final_layer_norm"),
        encoderLayer(layers.at(config.num_hidden_layers - 1), penultimate, config),
        config.layer_norm_eps,
      );
      return last;
    },
  };
}

function encoderLayer(scope: Scope, x: Value, config: ClipTextConfig): Value {
  const { graph } = scope;
  const width = config.hidden_size;
  const normal = layerNormLayer(scope.at("layer_norm1"), x, config.layer_norm_eps);
  const self = scope.at("self_attn");
  const [q, k, v] = ["q_proj", "k_proj", "v_proj"].map((name) => linearLayer(self.at(name), normal, width));
  const mixed = attention(graph, q!, k!, v!, { heads: config.num_attention_heads, causal: true });
  const attended = add(graph, x, linearLayer(self.at("out_proj"), mixed, width));

  const mlp = scope.at("mlp");
  const inner = linearLayer(
    mlp.at("fc1"),
    layerNormLayer(scope.at("layer_norm2"), attended, config.layer_norm_eps),
    config.intermediate_size,
  );
  return add(graph, attended, linearLayer(mlp.at("fc2"), activations[config.hidden_act](graph, inner), width));
}

/** Where the pooled state is taken: the first end token, or for old configs (id 2) the highest id, as transformers does. */
export function poolPosition(ids: readonly number[], config: ClipTextConfig): number {
  const wanted = config.eos_token_id === 2 ? Math.max(...ids) : config.eos_token_id;
  return Math.max(ids.indexOf(wanted), 0);
}
