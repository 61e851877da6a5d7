import { open } from "node:fs/promises";
import type { InitializerSource } from "../graph/Initializer.ts";
import { badModel } from "./badModel.ts";
import type { CheckpointPart } from "./CheckpointPart.ts";
import { findWeightFiles } from "./findWeightFiles.ts";
import { readTensors } from "./readTensors.ts";
import type { TensorInfo } from "./TensorInfo.ts";
import { isFloat, toFloat32 } from "./toFloat32.ts";

/** A tensor and the file it lies in. */
export interface StoredTensor extends TensorInfo {
  readonly file: string;
  readonly label: string;
}

/** The weights of one part of a checkpoint, by name. The numbers stay in the files until they are needed. */
export class TensorStore {
  readonly #tensors: ReadonlyMap<string, StoredTensor>;
  readonly #widened: ReadonlyMap<string, Uint8Array>;
  readonly label: string;

  constructor(
    label: string,
    tensors: ReadonlyMap<string, StoredTensor>,
    widened: ReadonlyMap<string, Uint8Array> = new Map(),
  ) {
    this.label = label;
    this.#tensors = tensors;
    this.#widened = widened;
  }

  get tensors(): ReadonlyMap<string, StoredTensor> {
    return this.#tensors;
  }

  /** Total size of the tensors in their files, in bytes. */
  get bytes(): number {
    return [...this.#tensors.values()].reduce((sum, { length }) => sum + length, 0);
  }

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  /**
   * Where a float32 tensor of the expected shape is.
   * @throws EmendError `bad_model` when it is missing or has another shape
   */
  source(name: string, dims: readonly number[]): InitializerSource {
    const tensor = this.#find(name, dims);
    const widened = this.#widened.get(name);
    if (widened) return widened;
    if (tensor.dtype !== "F32") throw badModel(tensor.label, `tensor "${name}" is ${tensor.dtype}, not a float type`);
    return { file: tensor.file, offset: tensor.offset, length: tensor.length };
  }

  /** The same store with tensors of half or double precision held in memory as float32. */
  async widen(): Promise<TensorStore> {
    const widened = new Map<string, Uint8Array>();
    for (const [name, tensor] of this.#tensors) {
      if (tensor.dtype === "F32" || !isFloat(tensor.dtype)) continue;
      const floats = toFloat32(await readBytes(tensor), tensor.dtype);
      widened.set(name, new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength));
    }
    return widened.size === 0 ? this : new TensorStore(this.label, this.#tensors, widened);
  }

  /** Reads a tensor of the expected shape as float32. @throws EmendError `bad_model` */
  async read(name: string, dims: readonly number[]): Promise<Float32Array> {
    const tensor = this.#find(name, dims);
    if (!isFloat(tensor.dtype)) throw badModel(tensor.label, `tensor "${name}" is ${tensor.dtype}, not a float type`);
    return toFloat32(await readBytes(tensor), tensor.dtype);
  }

  #find(name: string, dims: readonly number[]): StoredTensor {
    const tensor = this.#tensors.get(name);
    if (!tensor) throw badModel(this.label, `tensor "${name}" is missing; the file does not go with its config.json`);
    if (tensor.dims.join() !== dims.join()) {
      throw badModel(
        tensor.label,
        `tensor "${name}" is [${tensor.dims.join(", ")}], its config.json asks for [${dims.join(", ")}]`,
      );
    }
    return tensor;
  }
}

/** Reads a tensor's bytes into a buffer of their own. */
export async function readBytes(tensor: StoredTensor): Promise<Uint8Array> {
  const handle = await open(tensor.file, "r");
  try {
    const bytes = new Uint8Array(tensor.length);
    let done = 0;
    while (done < bytes.length) {
      const { bytesRead } = await handle.read(
        bytes,
        done,
        Math.min(bytes.length - done, 2 ** 30),
        tensor.offset + done,
      );
      if (bytesRead === 0) throw badModel(tensor.label, "became shorter while it was read");
      done += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

/** Opens the weights of a part. @throws EmendError `bad_model` */
export async function openTensors(part: CheckpointPart, stem: string): Promise<TensorStore> {
  const tensors = new Map<string, StoredTensor>();
  const files = await findWeightFiles(part, stem);
  for (const { file, label } of files) {
    for (const [name, tensor] of (await readTensors(file, label)).tensors) {
      if (tensors.has(name)) throw badModel(label, `tensor "${name}" is also in another shard`);
      tensors.set(name, { ...tensor, file, label });
    }
  }
  return new TensorStore(files.length === 1 ? files[0]!.label : part.label, tensors);
}
