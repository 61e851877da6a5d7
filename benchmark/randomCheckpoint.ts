import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Graph } from "../gpu-worker/graph/Graph.ts";
import { sizeOf } from "../gpu-worker/graph/shapes.ts";
import { Scope } from "../gpu-worker/models/layers/Scope.ts";
import { classLabelInput, classLabelOf } from "../gpu-worker/models/unet/classEmbedding.ts";
import { unetConfigSchema } from "../gpu-worker/models/unet/config.ts";
import { unet2dConditionModel } from "../gpu-worker/models/unet/UNet2DConditionModel.ts";

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
 * format, so that the engine and PyTorch can be timed on the same file. Values are as large as a fresh network's.
 */
export async function makeRandomCheckpoint(folder: string, config: Readonly<Record<string, unknown>>): Promise<void> {
  const part = join(folder, "unet");
  await mkdir(part, { recursive: true });
  await writeFile(join(part, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
  const weights = [...weightShapes(config)];
  const header: Record<string, unknown> = { __metadata__: { format: "pt" } };
  let end = 0;
  for (const [name, shape] of weights) {
    const begin = end;
    end += 4 * sizeOf(shape);
    header[name] = { dtype: "F32", shape, data_offsets: [begin, end] };
  }
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(text.length));
  const file = await open(join(part, "diffusion_pytorch_model.safetensors"), "w");
  try {
    await file.write(Buffer.concat([prefix, text]));
    for (const [name, shape] of weights) await file.writeFile(Buffer.from(randomWeights(name, shape).buffer));
  } finally {
    await file.close();
  }
}

/** The weights that a U-Net of that config asks for, in the order in which it does. */
function weightShapes(json: Readonly<Record<string, unknown>>): Map<string, readonly number[]> {
  const config = unetConfigSchema.parse(json);
  const shapes = new Map<string, readonly number[]>();
  const source = {
    has: (name: string) => !/\.to_[qkv]\.bias$/.test(name), // the only layers without a bias
    source(name: string, dims: readonly number[]) {
      shapes.set(name, dims);
      return { file: "/", offset: 0, length: 4 * sizeOf(dims) };
    },
  };
  const graph = new Graph();
  const side = 2 ** (config.block_out_channels.length - 1);
  unet2dConditionModel(new Scope(graph, source), config, {
    sample: graph.input("sample", [1, config.in_channels, side, side]),
    timestep: graph.input("timestep", [1]),
    context: graph.input("context", [1, 1, config.cross_attention_dim as number]),
    classLabel: classLabelInput(graph, classLabelOf(config), 1),
  });
  return shapes;
}

let noise: Float32Array | undefined;

/** Uniform numbers from one short table: cheap, and no run of zeros that a kernel could profit from. */
function randomWeights(name: string, shape: readonly number[]): Float32Array {
  noise ??= Float32Array.from({ length: 65_521 }, () => Math.random() * 2 - 1);
  const isNormScale = shape.length === 1 && name.endsWith("weight");
  const scale = shape.length === 1 ? 0.02 : Math.sqrt(1 / sizeOf(shape.slice(1)));
  const weights = new Float32Array(sizeOf(shape));
  for (let i = 0; i < weights.length; i++) weights[i] = noise[i % noise.length]! * scale + (isNormScale ? 1 : 0);
  return weights;
}
