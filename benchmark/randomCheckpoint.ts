import { join } from "node:path";
import { classLabelInput, classLabelOf } from "../gpu-worker/models/unet/classEmbedding.ts";
import { unetConfigSchema } from "../gpu-worker/models/unet/config.ts";
import { unet2dConditionModel } from "../gpu-worker/models/unet/UNet2DConditionModel.ts";
import { weightShapes } from "./checkpoint/weightShapes.ts";
import { writeRandomPart } from "./checkpoint/writeRandomPart.ts";

/** `unet/config.json` of InstructPix2Pix: Stable Diffusion 1.5 with 8 input channels; 860 million weights. */
export const sd15UNetConfig = {
  _class_name: "UNet2DConditionModel",
  sample_size: 64,
  in_channels: 8,
  out_channels: 4,
  block_out_channels: [320, 640, 1280, 1280],
  layers_per_block: 2,
  cross_attention_dim: 768,
  attention_head_dim: 8,
} as const;

/**
 * Writes `folder/unet` with random weights in exactly the layout that diffusers saves: same names, shapes and file
 * format, so that the engine and its peers can be timed on the same file.
 */
export async function makeRandomCheckpoint(folder: string, json: Readonly<Record<string, unknown>>): Promise<void> {
  const config = unetConfigSchema.parse(json);
  const side = 2 ** (config.block_out_channels.length - 1);
  const shapes = weightShapes(
    (scope, graph) =>
      unet2dConditionModel(scope, config, {
        sample: graph.input("sample", [1, config.in_channels, side, side]),
        timestep: graph.input("timestep", [1]),
        context: graph.input("context", [1, 1, config.cross_attention_dim as number]),
        classLabel: classLabelInput(graph, classLabelOf(config), 1),
      }),
    (name) => !/\.to_[qkv]\.bias$/.test(name), // the only layers without a bias
  );
  await writeRandomPart(join(folder, "unet"), json, "diffusion_pytorch_model", shapes);
}
