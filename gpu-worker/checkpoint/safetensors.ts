import { z } from "zod";
import { badModel } from "./badModel.ts";
import { duplicateKey } from "./duplicateKey.ts";
import { maxRank } from "./maxRank.ts";
import { shorten } from "./shorten.ts";
import { type Dtype, dtypeBytes, type TensorInfo } from "./TensorInfo.ts";

/** The header of the full Stable Diffusion U-Net is 80 KB; the worst JSON of this length takes 50 ms. */
export const maxHeaderBytes = 1024 * 1024;
/** The same U-Net has 686 tensors, whole checkpoints in one file some 1,200; checking this many takes 50 ms. */
export const maxTensors = 8192;

const prefixBytes = 8;
const dimension = z.int().nonnegative();
const entrySchema = z.strictObject({
  dtype: z.enum(Object.keys(dtypeBytes) as [Dtype, ...Dtype[]]),
  shape: z.array(dimension).max(maxRank),
  data_offsets: z.tuple([dimension, dimension]),
});
const metadataSchema = z.record(z.string(), z.string());

/**
 * Length in bytes of the JSON header, from the first eight bytes of the file.
 * @param fileBytes size of the whole file
 * @throws EmendError `bad_model`
 */
export function headerLength(label: string, prefix: Uint8Array, fileBytes: number): number {
  if (prefix.length < prefixBytes) throw badModel(label, "is too short for a safetensors file; download it again");
  const length = new DataView(prefix.buffer, prefix.byteOffset, prefixBytes).getBigUint64(0, true);
  if (length > maxHeaderBytes) {
    throw badModel(label, `is not a safetensors file (its header would be ${length} bytes; at most ${maxHeaderBytes})`);
  }
  if (length < 2n) throw badModel(label, "is not a safetensors file (its header is empty)");
  if (prefixBytes + Number(length) > fileBytes) throw badModel(label, "is cut short in its header; download it again");
  return Number(length);
}

/**
 * The tensors that a safetensors header describes. Every byte of the data belongs to exactly one tensor, as the format
 * demands, so that no two tensors can share bytes and none can point outside.
 * @param header the JSON bytes, without the eight bytes of length
 * @throws EmendError `bad_model`
 */
export function parseHeader(label: string, header: Uint8Array, fileBytes: number): Map<string, TensorInfo> {
  const entries = parseJson(label, header);
  const start = prefixBytes + header.length;
  const tensors = entries.map(([name, entry]): [string, TensorInfo] => [name, parseEntry(label, name, entry, start)]);
  tensors.sort(([, a], [, b]) => a.offset - b.offset || a.length - b.length);
  let end = start;
  for (const [name, tensor] of tensors) {
    if (tensor.offset !== end) {
      const problem = tensor.offset < end ? "overlaps another tensor" : "leaves a gap before it";
      throw badModel(label, `is damaged: "${shorten(name)}" ${problem}; download it again`);
    }
    end += tensor.length;
  }
  if (end > fileBytes) {
    throw badModel(label, `is cut short: ${fileBytes} of ${end} bytes are there; download it again`);
  }
  if (end < fileBytes) throw badModel(label, `is damaged: ${fileBytes - end} bytes too long; download it again`);
  return new Map(tensors);
}

function parseJson(label: string, header: Uint8Array): [string, unknown][] {
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(header);
    json = JSON.parse(text);
  } catch (error) {
    throw badModel(label, "is not a safetensors file (its header is not JSON)", error);
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw badModel(label, "is not a safetensors file (its header is not a JSON object)");
  }
  const { __metadata__: metadata, ...tensors } = json as Record<string, unknown>;
  const entries = Object.entries(tensors);
  if (entries.length > maxTensors) throw badModel(label, `lists ${entries.length} tensors; at most ${maxTensors}`);
  const repeated = duplicateKey(text);
  if (repeated !== undefined) throw badModel(label, `is damaged: "${shorten(repeated)}" is listed twice`);
  if (metadata !== undefined && !metadataSchema.safeParse(metadata).success) {
    throw badModel(label, "is damaged: its __metadata__ is not a table of strings");
  }
  return entries;
}

function parseEntry(label: string, name: string, entry: unknown, start: number): TensorInfo {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw badModel(label, `is damaged: tensor "${shorten(name)}": ${path.join(".")} ${message}`);
  }
  const { dtype, shape, data_offsets } = parsed.data;
  const [begin, end] = data_offsets;
  const length = shape.reduce((product, dim) => product * dim, dtypeBytes[dtype]);
  if (end - begin !== length) {
    throw badModel(
      label,
      `is damaged: tensor "${shorten(name)}" spans ${end - begin} bytes, its shape needs ${length}`,
    );
  }
  return { dtype, dims: shape, offset: start + begin, length };
}
