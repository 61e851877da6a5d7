import { Int8Matrix } from "./Int8Matrix.ts";
import type { TensorStore } from "./TensorStore.ts";

/**
 * The same weights with every int8 matrix as float32 in memory: what the networks compute in.
 * @param except matrices that are not wanted as a whole
 * @throws EmendError `bad_model` when a matrix has no scales
 */
export async function dequantize(store: TensorStore, except: readonly string[] = []): Promise<TensorStore> {
  const widened = new Map<string, Uint8Array>();
  for (const [name, { dtype, dims }] of store.tensors) {
    const [rows, width] = dims;
    if (dtype !== "I8" || dims.length !== 2 || except.includes(name)) continue;
    const weights = (await Int8Matrix.read(store, name, rows!, width!)).toFloat32();
    widened.set(name, new Uint8Array(weights.buffer));
  }
  return store.withWidened(widened);
}
