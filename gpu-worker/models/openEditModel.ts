import { z } from "zod";
import { EmendError } from "../../src/errors/EmendError.ts";
import { badModel } from "../checkpoint/badModel.ts";
import { checkpointHash } from "../checkpoint/checkpointHash.ts";
import { snapshotOf } from "../checkpoint/hub/findSnapshot.ts";
import { openCheckpoint } from "../checkpoint/openCheckpoint.ts";
import type { Device } from "../graph/Device.ts";
import { chooseDevice } from "../graph/device/chooseDevice.ts";
import { Experts } from "./anysd/Experts.ts";
import { AutoencoderCodec } from "./autoencoder/AutoencoderCodec.ts";
import { openTinyCodec } from "./autoencoder/openTinyCodec.ts";
import type { DenoiserInput, EditModel } from "./EditModel.ts";
import { gatedEditSchema } from "./emend/GatedEdit.ts";
import { openTaskTable } from "./emend/openTaskTable.ts";
import { PatchCodec } from "./emend/PatchCodec.ts";
import type { ImageCodec } from "./ImageCodec.ts";
import { only } from "./layers/configSchema.ts";
import { openInstructionEncoder } from "./text/openInstructionEncoder.ts";
import { timeEmbedWidth } from "./unet/classEmbedding.ts";
import { EditUNet } from "./unet/EditUNet.ts";

export interface OpenOptions {
  readonly device: Device | "auto";
  /** Threads inside one operator; default: one per core. */
  readonly threads?: number;
  /** Folder of a tiny autoencoder (TAESD), for checkpoints that have an autoencoder and no `taesd` or `vae_tiny` of their own. */
  readonly taesd?: string;
  /** Edits whose steps may share an evaluation; default: 1 on the CPU, where a batch of n costs n, and 8 elsewhere. */
  readonly batch?: number;
}

const indexSchema = z.looseObject({
  _class_name: z.string(),
  defaults: z.object({ steps: z.int().positive(), text_guidance: z.number(), image_guidance: z.number() }).optional(),
  // SDXL's
  force_zeros_for_empty_prompt: z.boolean().default(true),
  is_cosxl_edit: only(false),
});
/** Three branches of five edits fill the largest batch; more wait their turn and still keep the GPU busy. */
const gpuBatch = 8;
const schedulerSchema = z.record(z.string(), z.unknown());

/** What InstructPix2Pix's authors use, with the steps that a multistep sampler needs. */
const pix2pixDefaults = { steps: 20, text_guidance: 7.5, image_guidance: 1.5 };
/** What the authors of SDXL InstructPix2Pix use; with more, its pictures burn out. */
const sdxlDefaults = { steps: 30, text_guidance: 3, image_guidance: 1.5 };

/**
 * Opens a checkpoint of one of the families and layouts of docs/checkpoints.md, a folder or a file. Networks are built for the shapes that are
 * asked for, when they are asked for.
 * @throws EmendError `bad_model` that names the file, `bad_usage` when a device was asked for and does not work
 */
export async function openEditModel(path: string, options: OpenOptions): Promise<EditModel> {
  const checkpoint = await openCheckpoint(path);
  const choice = await chooseDevice(options.device);
  const batch = options.batch ?? (choice.device === "cpu" ? 1 : gpuBatch);
  const context = {
    device: choice.device,
    precision: choice.precision,
    batch,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  };
  const part = (name: string) => checkpoint.part(name);
  const has = (name: string) => checkpoint.has(name);

  const index = await checkpoint.readIndex(indexSchema);
  const schedulerConfig = await part("scheduler").readJson("scheduler_config.json", schedulerSchema);
  const codec: ImageCodec & { imageSize?: number } = has("image_codec")
    ? await PatchCodec.open(part("image_codec"))
    : await AutoencoderCodec.open(part("vae"), context);
  const tiny =
    codec instanceof AutoencoderCodec ? await openTinyCodec({ has, part }, options.taesd, codec, context) : undefined;
  const gated = has("edit_head") ? await part("edit_head").readJson("config.json", gatedEditSchema) : undefined;
  if (gated && 3 * gated.patch_size ** 2 !== codec.latentChannels) {
    throw badModel(`${part("edit_head").label}/config.json`, "patch_size differs from the image codec's");
  }
  const { latentChannels, downscale } = codec;
  const unet = await EditUNet.open(
    part("unet"),
    { latentChannels, downscale, head: gated, hasTasks: has("tasks") },
    context,
  );
  const text = await openInstructionEncoder(checkpoint, index.force_zeros_for_empty_prompt, context);
  if (text.width !== unet.contextWidth) {
    throw badModel(`${part("unet").label}/config.json`, `cross_attention_dim is not the text encoder's ${text.width}`);
  }
  if (![0, text.pooledWidth].includes(unet.pooledWidth)) {
    const hint = `leaves ${unet.pooledWidth} numbers for the pooled text, which has ${text.pooledWidth}`;
    throw badModel(`${part("unet").label}/config.json`, `projection_class_embeddings_input_dim: ${hint}`);
  }
  const experts = has("experts")
    ? await Experts.open(part("experts"), part("image_encoder"), unet.config, context)
    : undefined;
  const tasks = has("tasks") ? await openTaskTable(part("tasks"), unet.contextWidth) : (experts?.tasks ?? new Map());
  const expertOf = async ({ expert }: DenoiserInput) => (expert === undefined ? undefined : experts?.get(expert));
  let known: Promise<string> | undefined;
  const defaults = index.defaults ?? (has("text_encoder_2") ? sdxlDefaults : pix2pixDefaults);
  const sampleSize = unet.config.sample_size;
  const side = (Array.isArray(sampleSize) ? sampleSize[0] : sampleSize) ?? 64;

  return {
    name: snapshotOf(path)?.id ?? checkpoint.name,
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
    ...(experts && { experts: experts.expertOf }),
    batch,
    encodeText: (instruction) => text.encode(instruction),
    async encodeImage(picture) {
      if (picture.width % codec.downscale !== 0 || picture.height % codec.downscale !== 0) {
        throw new EmendError("internal", `${picture.width} × ${picture.height} is no multiple of ${codec.downscale}`);
      }
      return codec.encode(picture);
    },
    denoise: async (input) => unet.denoise(input, await expertOf(input)),
    denoiseBatch: async (inputs) => unet.denoiseBatch(inputs, inputs[0] && (await expertOf(inputs[0]))),
    denoiseDeep: async (input, deep) => unet.denoiseDeep(input, deep, await expertOf(input)),
    hasTinyDecoder: tiny !== undefined,
    decodeLatent: (latent, by = "full") => (by === "tiny" && tiny ? tiny : codec).decode(latent),
    work({ width, height }, branch = 0) {
      const dims = [1, codec.latentChannels, height / codec.downscale, width / codec.downscale];
      const network = unet.work(dims, text.tokens, branch);
      const { encode = 0, decode: full = 0 } = codec.work?.(dims) ?? {};
      return { ...network, encode, decode: { full, tiny: tiny ? tiny.work(dims).decode : full } };
    },
    differentiate: (input) => unet.differentiate(input),
    hash() {
      known ??= checkpointHash(path);
      return known;
    },
    async close() {
      await Promise.all([unet.close(), text.close(), codec.close(), tiny?.close()]);
    },
  };
}
