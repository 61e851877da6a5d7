import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { derivedFile } from "../derived/derivedFile.ts";
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
 * A file of weights in another layout (`derivedFile`). Its name comes from what the weights are called and where they lie in their
 * files.
 * @returns where, links resolved
 * @throws EmendError `engine_failed` when it cannot be written
 */
export async function weightFile(
  { weights, layout, size, folder }: WeightFileOptions,
  write: (handle: FileHandle) => Promise<void>,
): Promise<string> {
  const hash = createHash("sha256");
  for (const { value, source } of weights) {
    hash.update(JSON.stringify([value.name, value.dims]));
    hash.update(isFileRange(source) ? JSON.stringify(source) : source);
  }
  const name = `${hash.digest("hex").slice(0, 32)}.${layout}`;
  const sources = weights.flatMap(({ source }) => (isFileRange(source) ? [source.file] : []));
  return derivedFile({ sources, name, label: `${layout} weights`, size, folder }, write);
}
