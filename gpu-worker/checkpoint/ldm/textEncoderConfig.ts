import type { StoredTensor } from "../StoredTensor.ts";
import { countOf } from "./countOf.ts";
import { shapeOf } from "./shapeOf.ts";

/** All of CLIP's text encoders have heads of this width: 768 / 12 in ViT-L. */
const headWidth = 64;
/** As in the text_encoder/config.json of all SD-1.x folders: the pooled state is taken at the highest id. */
const oldEndToken = 2;

/**
 * `config.json` of a single-file checkpoint's text encoder, from the shapes of its tensors.
 * @throws EmendError `bad_model`
 */
export function textEncoderConfig(label: string, tensors: ReadonlyMap<string, StoredTensor>): Record<string, unknown> {
  // transformers 5 dropped the prefix.
  const root = tensors.has("text_model.final_layer_norm.weight") ? "text_model." : "";
  const shape = (name: string) => shapeOf(label, tensors, root + name, 2);
  const [vocabulary, width] = shape("embeddings.token_embedding.weight");
  return {
    vocab_size: vocabulary,
    hidden_size: width,
    intermediate_size: shape("encoder.layers.0.mlp.fc1.weight")[0],
    num_hidden_layers: countOf(tensors.keys(), `${root}encoder.layers`),
    num_attention_heads: Math.max(1, Math.floor(width! / headWidth)),
    max_position_embeddings: shape("embeddings.position_embedding.weight")[0],
    hidden_act: "quick_gelu",
    eos_token_id: oldEndToken,
  };
}
