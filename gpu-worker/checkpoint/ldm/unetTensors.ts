import { badModel } from "../badModel.ts";
import type { StoredTensor } from "../StoredTensor.ts";
import { below } from "./below.ts";
import { notOfStableDiffusion } from "./notOfStableDiffusion.ts";

const prefix = "model.diffusion_model.";

const single: Readonly<Record<string, string>> = {
  "time_embed.0": "time_embedding.linear_1",
  "time_embed.2": "time_embedding.linear_2",
  "input_blocks.0.0": "conv_in",
  "out.0": "conv_norm_out",
  "out.2": "conv_out",
};

const resnetLayers: Readonly<Record<string, string>> = {
  "in_layers.0": "norm1",
  "in_layers.2": "conv1",
  "emb_layers.1": "time_emb_proj",
  "out_layers.0": "norm2",
  "out_layers.3": "conv2",
  skip_connection: "conv_shortcut",
};

const middle = ["mid_block.resnets.0", "mid_block.attentions.0", "mid_block.resnets.1"];

/**
 * The U-Net of a single-file checkpoint under diffusers' names, as `convert_ldm_unet_checkpoint` of
 * diffusers/loaders/single_file_utils.py gives them. Where the file keeps an exponential moving average of the weights
 * beside them (model_ema.…), that is taken: the authors of InstructPix2Pix and MagicBrush edit with it (`ema_scope` in
 * their edit_cli.py).
 * @throws EmendError `bad_model`
 */
export function unetTensors(label: string, all: ReadonlyMap<string, StoredTensor>): Map<string, StoredTensor> {
  const own = below(all, prefix);
  if (own.size === 0) {
    throw badModel(label, `is no whole Stable Diffusion checkpoint (no ${prefix}…); name a diffusers folder instead`);
  }
  const places = placesOf(own);
  return new Map(
    [...own].map(([name, tensor]) => {
      const renamed = rename(name, places);
      if (renamed === undefined) throw notOfStableDiffusion(label, prefix + name);
      const average = all.get(`model_ema.diffusion_model${name.replaceAll(".", "")}`);
      return [renamed, average ?? tensor];
    }),
  );
}

/** Where each numbered block stands: "input_blocks.4" → "down_blocks.1", layer 0. */
type Places = ReadonlyMap<string, { readonly block: string; readonly layer: number }>;

function placesOf(own: ReadonlyMap<string, StoredTensor>): Places {
  const places = new Map<string, { block: string; layer: number }>();
  const has = (block: string, layer: string) => own.has(`${block}.${layer}.weight`);
  for (const [from, to, first] of [
    ["input_blocks", "down_blocks", 1],
    ["output_blocks", "up_blocks", 0],
  ] as const) {
    let level = 0;
    let layer = 0;
    for (let i = first; has(`${from}.${i}`, "0.in_layers.0") || has(`${from}.${i}`, "0.op"); i++) {
      const block = `${from}.${i}`;
      places.set(block, { block: `${to}.${level}`, layer: layer++ });
      // A level ends with the change of resolution.
      if (!["0.op", "1.conv", "2.conv"].some((change) => has(block, change))) continue;
      level++;
      layer = 0;
    }
  }
  return places;
}

function rename(name: string, places: Places): string | undefined {
  const [, layer = "", parameter = ""] = /^(.+)\.(weight|bias)$/.exec(name) ?? [];
  const alone = single[layer];
  if (alone) return `${alone}.${parameter}`;
  const [, block = "", part = "", inner = ""] =
    /^(middle_block|(?:input|output)_blocks\.\d+)\.(\d)\.(.+)$/.exec(layer) ?? [];
  if (block === "middle_block") {
    const target = middle[Number(part)];
    const rest = part === "1" ? inner : resnetLayers[inner];
    return target && rest && `${target}.${rest}.${parameter}`;
  }
  const place = places.get(block);
  if (!place) return undefined;
  if (part === "0" && inner === "op") return `${place.block}.downsamplers.0.conv.${parameter}`;
  if (part !== "0" && inner === "conv") return `${place.block}.upsamplers.0.conv.${parameter}`;
  if (part === "1") return `${place.block}.attentions.${place.layer}.${inner}.${parameter}`;
  const rest = part === "0" ? resnetLayers[inner] : undefined;
  return rest && `${place.block}.resnets.${place.layer}.${rest}.${parameter}`;
}
