import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { EmendError } from "../../src/errors/EmendError.ts";
import { badModel } from "../checkpoint/badModel.ts";
import { CheckpointPart } from "../checkpoint/CheckpointPart.ts";
import { checkpointHash } from "../checkpoint/checkpointHash.ts";
import { readJson } from "../checkpoint/readJson.ts";
import { chooseDevice, type Device } from "../graph/Device.ts";
import { AutoencoderCodec } from "./autoencoder/AutoencoderCodec.ts";
import { TextEncoder } from "./clip/TextEncoder.ts";
import type { EditModel } from "./EditModel.ts";
import { gatedEditSchema } from "./emend/GatedEdit.ts";
import { openTaskTable } from "./emend/openTaskTable.ts";
import { PatchCodec } from "./emend/PatchCodec.ts";
import type { ImageCodec } from "./ImageCodec.ts";
import { timeEmbedWidth } from "./unet/classEmbedding.ts";
import { EditUNet } from "./unet/EditUNet.ts";

export interface OpenOptions {
  readonly device: Device | "auto";
  /** Threads inside one operator; default: one per core. */
  readonly threads?: number;
}

const indexSchema = z.looseObject({
  _class_name: z.string(),
  defaults: z.object({ steps: z.int().positive(), text_guidance: z.number(), image_guidance: z.number() }).optional(),
});
const schedulerSchema = z.record(z.string(), z.unknown());

/** What InstructPix2Pix's authors use, with the steps that a multistep sampler needs. */
const pix2pixDefaults = { steps: 20, text_guidance: 7.5, image_guidance: 1.5 };

/**
 * Opens a diffusers folder of one of the families of docs/checkpoints.md. Networks are built for the shapes that are
 * asked for, when they are asked for.
 * @throws EmendError `bad_model` that names the file, `bad_usage` when CUDA was asked for and does not work
 */
export async function openEditModel(folder: string, options: OpenOptions): Promise<EditModel> {
  const root = resolve(folder);
  if (!existsSync(root)) throw new EmendError("bad_model", `${folder}: there is no such checkpoint folder`);
  const choice = await chooseDevice(options.device);
  const context = { device: choice.device, ...(options.threads === undefined ? {} : { threads: options.threads }) };
  const part = (name: string) => new CheckpointPart(root, name);
  const has = (name: string) => existsSync(join(root, name));

  const index = await readJson(join(root, "model_index.json"), join(root, "model_index.json"), indexSchema);
  const schedulerConfig = await part("scheduler").readJson("scheduler_config.json", schedulerSchema);
  const codec: ImageCodec & { imageSize?: number } = has("image_codec")
    ? await PatchCodec.open(part("image_codec"))
    : await AutoencoderCodec.open(part("vae"), context);
  const gated = has("edit_head") ? await part("edit_head").readJson("config.json", gatedEditSchema) : undefined;
  if (gated && 3 * gated.patch_size ** 2 !== codec.latentChannels) {
    throw badModel(`${part("edit_head").label}/config.json`, "patch_size differs from the image codec's");
  }
  const unet = await EditUNet.open(
    part("unet"),
    { latentChannels: codec.latentChannels, head: gated, hasTasks: has("tasks") },
    context,
  );
  const text = await TextEncoder.open(part("text_encoder"), part("tokenizer"), context);
  if (text.config.hidden_size !== unet.contextWidth) {
    const { hidden_size } = text.config;
    throw badModel(`${part("unet").label}/config.json`, `cross_attention_dim is not the text encoder's ${hidden_size}`);
  }
  const tasks = has("tasks") ? await openTaskTable(part("tasks"), unet.contextWidth) : new Map<string, Float32Array>();
  let known: Promise<string> | undefined;
  const defaults = index.defaults ?? pix2pixDefaults;
  const sampleSize = unet.config.sample_size;
  const side = (Array.isArray(sampleSize) ? sampleSize[0] : sampleSize) ?? 64;

  return {
    name: basename(root),
    device: choice.device,
    ...(choice.note === undefined ? {} : { deviceNote: choice.note }),
    multiple: codec.downscale * 2 ** (unet.config.block_out_channels.length - 1),
    resolution: codec.imageSize ?? side * codec.downscale,
    latentChannels: codec.latentChannels,
    downscale: codec.downscale,
    parameters: unet.parameters,
    latentScale: codec.latentScale,
    widths: { context: unet.contextWidth, time: timeEmbedWidth(unet.config) },
    schedulerConfig,
    defaults: {
      steps: defaults.steps,
      textGuidance: defaults.text_guidance,
      imageGuidance: defaults.image_guidance,
    },
    tasks,
    encodeText: (instruction) => text.encode(instruction),
    async encodeImage(picture) {
      if (picture.width % codec.downscale !== 0 || picture.height % codec.downscale !== 0) {
        throw new EmendError("internal", `${picture.width} × ${picture.height} is no multiple of ${codec.downscale}`);
      }
      return codec.encode(picture);
    },
    decodeLatent: (latent) => codec.decode(latent),
    denoise: (input) => unet.denoise(input),
    differentiate: (input) => unet.differentiate(input),
    hash() {
      known ??= checkpointHash(root);
      return known;
    },
    async close() {
      await Promise.all([unet.close(), text.close(), codec.close()]);
    },
  };
}
