import type { InitializerSource } from "../graph/Initializer.ts";
import { badModel } from "./badModel.ts";
import type { NetworkDtype } from "./convertFloats.ts";
import { readBytes, type StoredTensor } from "./StoredTensor.ts";
import { isFloat, toFloat32 } from "./toFloat32.ts";

/** The weights of one part of a checkpoint, by name. The numbers stay in the files until they are needed. */
export class TensorStore {
  /** How messages name the file or folder. */
  readonly label: string;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Element type in which `source` gives the weights. */
  readonly dtype: NetworkDtype;
  /** Bytes, in that type, of tensors that have another float type in their file. */
  readonly #widened: ReadonlyMap<string, Uint8Array>;

  constructor(
    label: string,
    tensors: ReadonlyMap<string, StoredTensor>,
    widened: ReadonlyMap<string, Uint8Array> = new Map(),
    dtype: NetworkDtype = "F32",
  ) {
    this.dtype = dtype;
    this.label = label;
    this.tensors = tensors;
    this.#widened = widened;
  }

  has(name: string): boolean {
    return this.tensors.has(name);
  }

  /**
   * Where a tensor of the expected shape is, in the store's element type.
   * @throws EmendError `bad_model` when it is missing or has another shape
   */
  source(name: string, dims: readonly number[]): InitializerSource {
    const tensor = this.#find(name, dims);
    const widened = this.#widened.get(name);
    if (widened) return widened;
    if (tensor.dtype !== this.dtype) {
      throw badModel(tensor.label, `tensor "${name}" is ${tensor.dtype}, not a float type`);
    }
    return { file: tensor.file, offset: tensor.offset, length: tensor.length };
  }

  /** Reads a tensor of the expected shape as float32. @throws EmendError `bad_model` */
  async read(name: string, dims: readonly number[]): Promise<Float32Array> {
    const tensor = this.#find(name, dims);
    const widened = this.#widened.get(name);
    if (widened) return toFloat32(widened, this.dtype);
    if (!isFloat(tensor.dtype)) throw badModel(tensor.label, `tensor "${name}" is ${tensor.dtype}, not a float type`);
    return toFloat32(await readBytes(tensor), tensor.dtype);
  }

  /** Reads an int8 tensor of the expected shape. @throws EmendError `bad_model` */
  async readInt8(name: string, dims: readonly number[]): Promise<Int8Array> {
    const tensor = this.#find(name, dims);
    if (tensor.dtype !== "I8") throw badModel(tensor.label, `tensor "${name}" is ${tensor.dtype}, not I8`);
    return new Int8Array((await readBytes(tensor)).buffer);
  }

  /** The same weights, some of them with bytes in memory. */
  withWidened(more: ReadonlyMap<string, Uint8Array>): TensorStore {
    return new TensorStore(this.label, this.tensors, new Map([...this.#widened, ...more]), this.dtype);
  }

  #find(name: string, dims: readonly number[]): StoredTensor {
    const tensor = this.tensors.get(name);
    if (!tensor) throw badModel(this.label, `tensor "${name}" is missing; the file does not go with its config.json`);
    if (tensor.dims.join() !== dims.join()) {
      const [found, wanted] = [tensor.dims, dims].map((list) => `[${list.join(", ")}]`);
      throw badModel(tensor.label, `tensor "${name}" is ${found}, its config.json asks for ${wanted}`);
    }
    return tensor;
  }
}
