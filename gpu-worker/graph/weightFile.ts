import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, realpath, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { EmendError } from "../../src/errors/EmendError.ts";
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
 * A file of weights in another layout, written on first use and mapped from then on. Its name comes from the places, sizes and
 * times of the originals, so that a changed checkpoint gets a new one; it may be deleted at any time.
 * @returns where, links resolved
 * @throws EmendError `engine_failed` when it cannot be written
 */
export async function weightFile(
  { weights, layout, size, folder = join(process.env.EMEND_HOME || "data", "weights") }: WeightFileOptions,
  write: (handle: FileHandle) => Promise<void>,
): Promise<string> {
  const file = join(folder, `${await fingerprint(weights)}.${layout}`);
  if ((await stat(file).catch(() => undefined))?.size === size) return realpath(file);
  const part = `${file}.${randomUUID()}.part`;
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(part, "wx");
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    const message = `cannot write ${layout} weights to ${folder} (${reason}); free space there or set EMEND_HOME`;
    throw new EmendError("engine_failed", message, { cause: error });
  }
  return realpath(file);
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
