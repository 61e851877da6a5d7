import type { StoredTensor } from "../StoredTensor.ts";
import { countOf } from "./countOf.ts";
import { shapeOf } from "./shapeOf.ts";

/** LDM_VAE_DEFAULT_SCALING_FACTOR of diffusers, `scale_factor` in the original configs. */
const scalingFactor = 0.18215;

/**
 * `config.json` of a single-file checkpoint's autoencoder, from the shapes of its tensors (diffusers' names).
 * @throws EmendError `bad_model`
 */
export function vaeConfig(label: string, tensors: ReadonlyMap<string, StoredTensor>): Record<string, unknown> {
  const names = [...tensors.keys()];
  const shape = (name: string, axes: number) => shapeOf(label, tensors, name, axes);
  const levels = Array.from({ length: countOf(names, "encoder.down_blocks") }, (_, level) => level);
  return {
    block_out_channels: levels.map((level) => shape(`encoder.down_blocks.${level}.resnets.0.conv1.weight`, 4)[0]),
    layers_per_block: countOf(names, "encoder.down_blocks.0.resnets"),
    down_block_types: levels.map(() => "DownEncoderBlock2D"),
    up_block_types: levels.map(() => "UpDecoderBlock2D"),
    latent_channels: shape("decoder.conv_in.weight", 4)[1],
    scaling_factor: scalingFactor,
  };
}
