import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decode, encodeToMode } from "../../gpu-worker/models/autoencoder/AutoencoderKL.ts";
import { decodeTiny, encodeTiny } from "../../gpu-worker/models/autoencoder/AutoencoderTiny.ts";
import { autoencoderConfigSchema } from "../../gpu-worker/models/autoencoder/config.ts";
import { tinyConfigSchema } from "../../gpu-worker/models/autoencoder/tinyConfig.ts";
import { clipTextModel } from "../../gpu-worker/models/clip/CLIPTextModel.ts";
import { clipTextConfigSchema } from "../../gpu-worker/models/clip/config.ts";
import { makeRandomCheckpoint, sd15UNetConfig } from "../randomCheckpoint.ts";
import { syntheticTokenizer } from "./syntheticTokenizer.ts";
import { weightShapes } from "./weightShapes.ts";
import { writeRandomPart } from "./writeRandomPart.ts";

type Json = Readonly<Record<string, unknown>>;

/** Configs of a checkpoint's three networks. */
export interface Pix2pixConfigs {
  readonly unet: Json;
  readonly vae: Json;
  readonly textEncoder: Json;
  /** Of an AutoencoderTiny; absent: the checkpoint has none. */
  readonly taesd?: Json;
}

/** Those of timbrooks/instruct-pix2pix (860, 84 and 123 million weights), and madebyollin/taesd's (2.4 million). */
export const sd15Configs: Pix2pixConfigs = {
  unet: sd15UNetConfig,
  vae: {
    _class_name: "AutoencoderKL",
    down_block_types: new Array(4).fill("DownEncoderBlock2D"),
    up_block_types: new Array(4).fill("UpDecoderBlock2D"),
    block_out_channels: [128, 256, 512, 512],
    layers_per_block: 2,
    latent_channels: 4,
    sample_size: 512,
    scaling_factor: 0.18215,
  },
  textEncoder: {
    architectures: ["CLIPTextModel"],
    model_type: "clip_text_model",
    vocab_size: 49_408,
    hidden_size: 768,
    intermediate_size: 3072,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    max_position_embeddings: 77,
    hidden_act: "quick_gelu",
    layer_norm_eps: 1e-5,
    bos_token_id: 49_406,
    eos_token_id: 49_407,
  },
  taesd: {
    _class_name: "AutoencoderTiny",
    encoder_block_out_channels: [64, 64, 64, 64],
    decoder_block_out_channels: [64, 64, 64, 64],
    num_encoder_blocks: [1, 3, 3, 3],
    num_decoder_blocks: [3, 3, 3, 1],
    latent_channels: 4,
    scaling_factor: 1,
  },
};

const scheduler = {
  _class_name: "EulerAncestralDiscreteScheduler",
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: "scaled_linear",
  num_train_timesteps: 1000,
  prediction_type: "epsilon",
  steps_offset: 1,
};

const index = {
  _class_name: "StableDiffusionInstructPix2PixPipeline",
  _diffusers_version: "0.38.0",
  feature_extractor: [null, null],
  image_encoder: [null, null],
  requires_safety_checker: false,
  safety_checker: [null, null],
  scheduler: ["diffusers", "EulerAncestralDiscreteScheduler"],
  text_encoder: ["transformers", "CLIPTextModel"],
  tokenizer: ["transformers", "CLIPTokenizer"],
  unet: ["diffusers", "UNet2DConditionModel"],
  vae: ["diffusers", "AutoencoderKL"],
};

/** Writes a whole InstructPix2Pix folder with random weights, in the layout of the public ones (4.3 GB at full size). */
export async function randomPix2pix(folder: string, configs: Pix2pixConfigs = sd15Configs): Promise<void> {
  const put = async (part: string, file: string, content: string) => {
    await mkdir(join(folder, part), { recursive: true });
    await writeFile(join(folder, part, file), content);
  };
  await put("", "model_index.json", JSON.stringify(index, null, 2));
  await put("scheduler", "scheduler_config.json", JSON.stringify(scheduler, null, 2));
  for (const [name, content] of Object.entries(syntheticTokenizer())) await put("tokenizer", name, content);
  await makeRandomCheckpoint(folder, configs.unet);

  const vae = autoencoderConfigSchema.parse(configs.vae);
  const side = 2 ** (vae.block_out_channels.length - 1);
  const vaeShapes = weightShapes((scope, graph) => {
    encodeToMode(scope, vae, graph.input("picture", [1, 3, side, side]));
    decode(scope, vae, graph.input("latent", [1, vae.latent_channels, 1, 1]));
  });
  await writeRandomPart(join(folder, "vae"), configs.vae, "diffusion_pytorch_model", vaeShapes);

  if (configs.taesd) {
    const tiny = tinyConfigSchema.parse(configs.taesd);
    const shapes = weightShapes((scope, graph) => {
      encodeTiny(scope, tiny, graph.input("picture", [1, 3, side, side]));
      decodeTiny(scope, tiny, graph.input("latent", [1, tiny.latent_channels, 1, 1]));
    });
    await writeRandomPart(join(folder, "taesd"), configs.taesd, "diffusion_pytorch_model", shapes);
  }

  const text = clipTextConfigSchema.parse(configs.textEncoder);
  const textShapes = weightShapes((scope, graph) => {
    clipTextModel(scope, text, graph.input("ids", [1, text.max_position_embeddings], "int64")).last();
  });
  await writeRandomPart(join(folder, "text_encoder"), configs.textEncoder, "model", textShapes);
}
