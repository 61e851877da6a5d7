import { open } from "node:fs/promises";
import { badModel } from "./badModel.ts";
import type { TensorInfo } from "./TensorInfo.ts";

/** A tensor and the file it lies in. */
export interface StoredTensor extends TensorInfo {
  /** Absolute, links resolved. */
  readonly file: string;
  /** How messages name the file. */
  readonly label: string;
}

/** Node reads at most 2 GiB at a time. */
const maxRead = 2 ** 30;

/** Reads a tensor's bytes into a buffer of their own. @throws EmendError `bad_model` when the file became shorter */
export async function readBytes(tensor: StoredTensor): Promise<Uint8Array> {
  const handle = await open(tensor.file, "r");
  try {
    const bytes = new Uint8Array(tensor.length);
    let done = 0;
    while (done < bytes.length) {
      const length = Math.min(bytes.length - done, maxRead);
      const { bytesRead } = await handle.read(bytes, done, length, tensor.offset + done);
      if (bytesRead === 0) throw badModel(tensor.label, "became shorter while it was read");
      done += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}
