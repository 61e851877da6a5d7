import { existsSync } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { totalmem } from "node:os";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { badModel } from "../badModel.ts";
import { readJson } from "../readJson.ts";
import { readTensors } from "../readTensors.ts";
import { dtypeBytes } from "../TensorInfo.ts";
import { snapshotOf } from "./findSnapshot.ts";
import { readLicence } from "./readLicence.ts";
import { recogniseFile, recogniseFolder } from "./recogniseFolder.ts";

export interface DescribedPart {
  readonly name: string;
  readonly bytes: number;
  /** Number types of its weights, the most frequent first: "F32", "F16"; "pickle" for what is not looked into. */
  readonly types: readonly string[];
}

export interface ModelDescription {
  /** The hub's name for it, or the folder's. */
  readonly name: string;
  readonly commit: string | null;
  readonly path: string;
  readonly family: string;
  /** Channels that the U-Net takes. */
  readonly inChannels: number;
  /** What model_index.json calls it. */
  readonly className: string | null;
  readonly licence: string | null;
  readonly parts: readonly DescribedPart[];
  readonly bytes: number;
  /** Names of its task table; empty when it takes instructions alone. */
  readonly tasks: readonly string[];
  /** Side, in pixels, of the pictures that it was trained on. */
  readonly resolution: number | null;
  readonly safetyChecker: boolean;
  /** Bytes. What a process needs on the CPU, estimated from weights and sizes, and what this machine has. */
  readonly memory: {
    readonly weights: number;
    readonly working: number;
    readonly total: number;
    readonly machine: number;
  };
}

const anyJson = z.record(z.string(), z.unknown());
const indexSchema = z.looseObject({ _class_name: z.string().nullish().default(null) });
const unetSchema = z.looseObject({ sample_size: z.union([z.int(), z.array(z.int()).nonempty()]).nullish() });
const vaeSchema = z.looseObject({ block_out_channels: z.array(z.int().positive()).nonempty().max(16) });
const codecSchema = z.looseObject({ image_size: z.int().positive() });
const tableSchema = z.looseObject({ tasks: z.array(z.string()) });

/** Node, onnxruntime and the graphs. */
const processBytes = 250e6;
/** Feature maps of the autoencoder at the picture's full size that are alive at once while it decodes. */
const liveMaps = 4;

/**
 * Tells what a checkpoint folder or file is without opening it: configurations and headers are read, no weights.
 * @throws EmendError `bad_model` when it is no editing model, `not_found` when there is nothing
 */
export async function describeModel(path: string): Promise<ModelDescription> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new EmendError("not_found", `${path}: there is no such checkpoint.`);
  const recognised = found.isDirectory() ? await recogniseFolder(path) : await recogniseFile(path);
  if (typeof recognised === "string") throw badModel(path, `is no editing model: ${recognised}`);
  const folder = found.isDirectory() ? path : dirname(path);
  const snapshot = snapshotOf(path);
  const read = async <T extends z.ZodType>(name: string, schema: T) =>
    existsSync(join(folder, name)) && !recognised.file
      ? readJson(join(folder, name), `${folder}/${name}`, schema)
      : undefined;
  const parts = recognised.file ? [await describeFile(recognised.file)] : await describeParts(folder);
  const [vae, codec] = [await read("vae/config.json", vaeSchema), await read("image_codec/config.json", codecSchema)];
  const side = (await read("unet/config.json", unetSchema))?.sample_size ?? 64;
  const downscale = 2 ** ((vae?.block_out_channels.length ?? 4) - 1);
  const resolution = codec?.image_size ?? (typeof side === "number" ? side : side[0]!) * downscale;
  const channels = codec ? 0 : (vae?.block_out_channels[1] ?? vae?.block_out_channels[0] ?? 256);
  const weights = parts.reduce((sum, { float32Bytes }) => sum + float32Bytes, 0);
  const working = processBytes + liveMaps * channels * resolution ** 2 * Float32Array.BYTES_PER_ELEMENT;
  return {
    name: snapshot?.id ?? basename(path),
    commit: snapshot?.commit ?? null,
    path,
    family: recognised.family,
    inChannels: recognised.inChannels,
    className: (await read("model_index.json", indexSchema))?._class_name ?? null,
    licence: (await readLicence(folder)) ?? null,
    parts: parts.map(({ name, bytes, types }) => ({ name, bytes, types })),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    tasks: (await read("tasks/config.json", tableSchema))?.tasks ?? [],
    resolution,
    safetyChecker: (await read("safety_checker/config.json", anyJson)) !== undefined,
    memory: { weights, working, total: weights + working, machine: totalmem() },
  };
}

interface MeasuredPart extends DescribedPart {
  /** What its weights take as float32, in which the CPU computes. */
  readonly float32Bytes: number;
}

async function describeParts(folder: string): Promise<MeasuredPart[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const parts: MeasuredPart[] = [];
  for (const { name } of entries.filter((entry) => entry.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const files = (await readdir(join(folder, name))).map((file) => join(folder, name, file));
    const described = await Promise.all(files.map(describeFile));
    const sum = (of: (file: MeasuredPart) => number) => described.reduce((total, file) => total + of(file), 0);
    const types = [...new Set(described.flatMap((file) => file.types))];
    // Of full precision and a variant beside it, the full precision is opened.
    const isFull = (file: MeasuredPart) => file.float32Bytes > 0 && !file.name.includes("fp16");
    const hasFull = described.some(isFull);
    const float32Bytes = sum((file) => (hasFull && !isFull(file) ? 0 : file.float32Bytes));
    parts.push({ name, bytes: sum(({ bytes }) => bytes), types, float32Bytes });
  }
  return parts;
}

async function describeFile(file: string): Promise<MeasuredPart> {
  const [name, { size: bytes }] = [basename(file), await stat(file)];
  if (/\.(bin|ckpt)$/.test(name)) {
    // Not looked into: whole numbers of half the size where the name says so.
    return { name, bytes, types: ["pickle"], float32Bytes: name.includes("fp16") ? 2 * bytes : bytes };
  }
  if (!name.endsWith(".safetensors")) return { name, bytes, types: [], float32Bytes: 0 };
  const counts = new Map<string, number>();
  for (const { dtype, length } of (await readTensors(await realpath(file), file)).tensors.values()) {
    counts.set(dtype, (counts.get(dtype) ?? 0) + length / dtypeBytes[dtype]);
  }
  const numbers = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const types = [...counts].sort(([, a], [, b]) => b - a).map(([type]) => type);
  return { name, bytes, types, float32Bytes: numbers * Float32Array.BYTES_PER_ELEMENT };
}
