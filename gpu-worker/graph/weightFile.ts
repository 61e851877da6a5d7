import { createHash } from "node:crypto";
import { type FileHandle, stat } from "node:fs/promises";
import { derivedFile } from "../derivedFile.ts";
import type { Initializer } from "./Graph.ts";
import { isFileRange } from "./Initializer.ts";

export interface WeightFileOptions {
  /** What the file is made from. */
  readonly weights: readonly Initializer[];
  /** The layout, as the file's ending: it tells files apart that are made from the same weights. */
  readonly layout: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** Default `$EMEND_HOME/weights`. */
  readonly folder?: string | undefined;
}

/**
 * A file of weights in another layout (`derivedFile`). Its name comes from the places, sizes and times of the originals, so
 * that a changed checkpoint gets a new one.
 * @returns where, links resolved
 * @throws EmendError `engine_failed` when it cannot be written
 */
export async function weightFile(
  { weights, layout, size, folder }: WeightFileOptions,
  write: (handle: FileHandle) => Promise<void>,
): Promise<string> {
  const name = `${await fingerprint(weights)}.${layout}`;
  return derivedFile({ name, label: `${layout} weights`, size, folder }, write);
}

async function fingerprint(weights: readonly Initializer[]): Promise<string> {
  const hash = createHash("sha256");
  const times = new Map<string, number[]>();
  for (const { value, source } of weights) {
    hash.update(JSON.stringify([value.name, value.dims]));
    if (!isFileRange(source)) {
      hash.update(source);
      continue;
    }
    if (!times.has(source.file)) {
      const { size, mtimeMs } = await stat(source.file);
      times.set(source.file, [size, mtimeMs]);
    }
    hash.update(JSON.stringify([source, times.get(source.file)]));
  }
  return hash.digest("hex").slice(0, 32);
}
