import type { StoredTensor } from "../StoredTensor.ts";
import { below } from "./below.ts";
import { notOfStableDiffusion } from "./notOfStableDiffusion.ts";

const prefix = "first_stage_model.";

const single: Readonly<Record<string, string>> = {
  quant_conv: "quant_conv",
  post_quant_conv: "post_quant_conv",
  "encoder.conv_in": "encoder.conv_in",
  "encoder.norm_out": "encoder.conv_norm_out",
  "encoder.conv_out": "encoder.conv_out",
  "decoder.conv_in": "decoder.conv_in",
  "decoder.norm_out": "decoder.conv_norm_out",
  "decoder.conv_out": "decoder.conv_out",
};

const resnetLayers: Readonly<Record<string, string>> = {
  norm1: "norm1",
  conv1: "conv1",
  norm2: "norm2",
  conv2: "conv2",
  nin_shortcut: "conv_shortcut",
};

const attentionLayers: Readonly<Record<string, string>> = {
  norm: "group_norm",
  q: "to_q",
  k: "to_k",
  v: "to_v",
  proj_out: "to_out.0",
};

/**
 * The autoencoder of a single-file checkpoint under diffusers' names, as `convert_ldm_vae_checkpoint` of
 * diffusers/loaders/single_file_utils.py gives them; the 1×1 convolutions of its attention are linear layers there.
 * @throws EmendError `bad_model`
 */
export function vaeTensors(label: string, all: ReadonlyMap<string, StoredTensor>): Map<string, StoredTensor> {
  const own = below(all, prefix);
  let levels = 0;
  while (own.has(`decoder.up.${levels}.block.0.norm1.weight`)) levels++;
  const tensors = new Map<string, StoredTensor>();
  for (const [name, tensor] of own) {
    if (name.startsWith("loss.")) continue; // the discriminator it was trained against
    const renamed = rename(name, levels);
    if (renamed === undefined) throw notOfStableDiffusion(label, prefix + name);
    tensors.set(renamed, renamed.includes(".attentions.") ? asLinear(tensor) : tensor);
  }
  return tensors;
}

function rename(name: string, levels: number): string | undefined {
  const [, layer = "", parameter = ""] = /^(.+)\.(weight|bias)$/.exec(name) ?? [];
  const alone = single[layer];
  if (alone) return `${alone}.${parameter}`;
  const [, coder = "", place = "", inner = ""] = /^(encoder|decoder)\.(\S+)\.(\w+)$/.exec(layer) ?? [];
  const [, direction, number, list, index] =
    /^(down|up)\.(\d+)\.(?:(block)\.(\d+)|downsample|upsample)$/.exec(place) ?? [];
  if (direction && number) {
    // diffusers counts the way up from the coarsest level, the original from the finest.
    const level = direction === "up" ? levels - 1 - Number(number) : Number(number);
    const block = `${coder}.${direction}_blocks.${level}`;
    const resnet = resnetLayers[inner];
    if (list) return resnet && `${block}.resnets.${index}.${resnet}.${parameter}`;
    return inner === "conv" ? `${block}.${direction}samplers.0.conv.${parameter}` : undefined;
  }
  if (place === "mid.block_1" || place === "mid.block_2") {
    const resnet = resnetLayers[inner];
    return resnet && `${coder}.mid_block.resnets.${place === "mid.block_1" ? 0 : 1}.${resnet}.${parameter}`;
  }
  if (place === "mid.attn_1") {
    const attention = attentionLayers[inner];
    return attention && `${coder}.mid_block.attentions.0.${attention}.${parameter}`;
  }
  return undefined;
}

/** `[out, in, 1, 1]` → `[out, in]`: the same bytes. */
function asLinear(tensor: StoredTensor): StoredTensor {
  const { dims, strides } = tensor;
  if (dims.length !== 4 || dims[2] !== 1 || dims[3] !== 1) return tensor;
  return { ...tensor, dims: dims.slice(0, 2), ...(strides && { strides: strides.slice(0, 2) }) };
}
