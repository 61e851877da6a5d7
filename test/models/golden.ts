import { fileURLToPath } from "node:url";
import { readTensors } from "../../gpu-worker/checkpoint/readTensors.ts";
import { TensorStore } from "../../gpu-worker/checkpoint/TensorStore.ts";
import type { TensorData } from "../../gpu-worker/graph/TensorData.ts";

/** Folder of a case that training/goldens wrote. */
export const goldenFolder = (name: string): string => fileURLToPath(new URL(`../golden/${name}`, import.meta.url));

/** Inputs and outputs of the reference (diffusers, transformers) for a case; float tensors only. */
export async function readGolden(name: string, stem = "golden"): Promise<Record<string, TensorData>> {
  const file = `${goldenFolder(name)}/${stem}.safetensors`;
  const { tensors } = await readTensors(file, file);
  const stored = new Map([...tensors].map(([key, tensor]) => [key, { ...tensor, file, label: file }]));
  const store = new TensorStore(file, stored);
  const floats = [...stored].filter(([, { dtype }]) => dtype === "F32");
  const entries = floats.map(async ([key, { dims }]) => [key, { dims, data: await store.read(key, dims) }] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** ‖a − b‖ / ‖b‖ */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < b.length; i++) {
    difference += (a[i]! - b[i]!) ** 2;
    norm += b[i]! ** 2;
  }
  return Math.sqrt(difference / norm);
}

/**
 * Both sides compute in float32 with sums in another order: 1e-6 was measured. 1e-5 leaves room for other processors and
 * catches a wrong epsilon.
 */
export const tolerance = 1e-5;
