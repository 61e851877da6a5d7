import type { PreNormNames } from "../layers/preNormLayer.ts";

/** Weights of a layer of CLIP's text and vision encoders. */
export const clipLayerNames: PreNormNames = {
  norm1: "layer_norm1",
  query: "self_attn.q_proj",
  key: "self_attn.k_proj",
  value: "self_attn.v_proj",
  out: "self_attn.out_proj",
  norm2: "layer_norm2",
  fc1: "mlp.fc1",
  fc2: "mlp.fc2",
};
