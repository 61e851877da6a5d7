import { open } from "node:fs/promises";
import { badModel } from "./badModel.ts";
import { gather } from "./gather.ts";
import { dtypeBytes, type TensorInfo } from "./TensorInfo.ts";

/** A tensor and the file it lies in. */
export interface StoredTensor extends TensorInfo {
  /** Absolute, links resolved. */
  readonly file: string;
  /** How messages name the file. */
  readonly label: string;
}

/** Node reads at most 2 GiB at a time. */
const maxRead = 2 ** 30;

/**
 * Reads a tensor's elements, in order, into a buffer of their own.
 * @throws EmendError `bad_model` when the file became shorter
 */
export async function readBytes(tensor: StoredTensor): Promise<Uint8Array> {
  const { dims, strides, dtype } = tensor;
  if (!strides) return readRange(tensor, tensor.length);
  const elements = dims.reduce((last, dim, i) => last + (dim - 1) * strides[i]!, 1);
  return gather(await readRange(tensor, elements * dtypeBytes[dtype]), dims, strides, dtypeBytes[dtype]);
}

async function readRange({ file, label, offset }: StoredTensor, length: number): Promise<Uint8Array> {
  const handle = await open(file, "r");
  try {
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < bytes.length) {
      const wanted = Math.min(bytes.length - done, maxRead);
      const { bytesRead } = await handle.read(bytes, done, wanted, offset + done);
      if (bytesRead === 0) throw badModel(label, "became shorter while it was read");
      done += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}
