import { createReadStream } from "node:fs";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { hashBlob } from "./hashBlob.ts";

export interface BlobIsWholeOptions {
  /** Told of every piece that was read, in bytes. */
  readonly onBytes?: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Whether a file holds what a blob of that name and size must hold. @throws EmendError `cancelled` */
export async function blobIsWhole(
  file: string,
  { etag, size }: { readonly etag: string; readonly size: number },
  { onBytes, signal }: BlobIsWholeOptions = {},
): Promise<boolean> {
  const hash = hashBlob(etag, size);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    if (signal?.aborted) throw new EmendError("cancelled", "cancelled");
    hash.update(chunk);
    onBytes?.(chunk.length);
  }
  return hash.digest("hex") === etag;
}
