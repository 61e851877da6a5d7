import { z } from "zod";
import type { TensorData } from "../graph/TensorData.ts";
import { badModel } from "./badModel.ts";
import { headerLength, parseHeader } from "./safetensors.ts";

const metadataSchema = z.object({ __metadata__: z.record(z.string(), z.string()).default({}) });

/**
 * Reads a small safetensors file that lies in memory: float32 tensors and metadata.
 * @param label how messages name it
 * @throws EmendError `bad_model` when it is malformed or holds another type
 */
export function parseSafetensors(
  label: string,
  bytes: Uint8Array,
): { tensors: Record<string, TensorData>; metadata: Record<string, string> } {
  const length = headerLength(label, bytes.subarray(0, 8), bytes.length);
  const header = bytes.subarray(8, 8 + length);
  const infos = parseHeader(label, header, bytes.length);
  const { __metadata__: metadata } = metadataSchema.parse(JSON.parse(Buffer.from(header).toString()));
  const tensors = [...infos].map(([name, { dtype, dims, offset, length }]) => {
    if (dtype !== "F32") throw badModel(label, `tensor "${name.slice(0, 40)}" is ${dtype}, not F32`);
    const copy = Uint8Array.from(bytes.subarray(offset, offset + length)); // at a multiple of four, wherever it lay
    return [name, { dims, data: new Float32Array(copy.buffer) }] as const;
  });
  return { tensors: Object.fromEntries(tensors), metadata };
}
