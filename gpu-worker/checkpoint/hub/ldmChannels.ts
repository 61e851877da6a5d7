import type { TensorInfo } from "../TensorInfo.ts";

/** The first convolution of a U-Net in a single-file checkpoint, in the original names (LDM). */
const firstConvolution = "model.diffusion_model.input_blocks.0.0.weight";

/** Channels that the U-Net of a single-file checkpoint takes; undefined when there is no U-Net in it. */
export const ldmChannels = (tensors: ReadonlyMap<string, TensorInfo>): number | undefined =>
  tensors.get(firstConvolution)?.dims[1];
