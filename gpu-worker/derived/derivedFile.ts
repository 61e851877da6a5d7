import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EmendError } from "../../src/errors/EmendError.ts";
import { type Source, sourcesFile, statSource, weightsFolder } from "./sources.ts";

export interface DerivedFileOptions {
  /** The files that it is made from, absolute. */
  readonly sources: readonly string[];
  /** File name: it tells apart what is made of other tensors of them, or in another way. */
  readonly name: string;
  /** How messages name what it holds. */
  readonly label: string;
  /** Bytes of the whole file; one of another size is written anew. */
  readonly size: number;
  /** Default `$EMEND_HOME/weights`. */
  readonly folder?: string | undefined;
}

/**
 * A file that is made from a checkpoint's weights, written on first use and mapped from then on; it may be deleted at any time. It
 * lies in a folder for just these files at these sizes and times, so that a changed checkpoint gets a new one and the old one
 * can be told to be stale (`removeStale`).
 * @returns where, links resolved
 * @throws EmendError `engine_failed` when it cannot be written, and what `write` throws of its own
 */
export async function derivedFile(
  { sources, name, label, size, folder = weightsFolder() }: DerivedFileOptions,
  write: (handle: FileHandle) => Promise<void>,
): Promise<string> {
  const found: Source[] = [];
  for (const source of [...new Set(sources)].sort()) found.push(await statSource(source));
  const description = JSON.stringify(found);
  const place = join(folder, createHash("sha256").update(description).digest("hex").slice(0, 32));
  const file = join(place, name);
  if ((await stat(file).catch(() => undefined))?.size === size) return realpath(file);
  const part = `${file}.${randomUUID()}.part`;
  try {
    await mkdir(place, { recursive: true });
    await writeFile(join(place, sourcesFile), description);
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
    if (error instanceof EmendError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    const message = `cannot write ${label} to ${folder} (${reason}); free space there or set EMEND_HOME`;
    throw new EmendError("engine_failed", message, { cause: error });
  }
  return realpath(file);
}
