import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, realpath, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { EmendError } from "../src/errors/EmendError.ts";

export interface DerivedFileOptions {
  /** File name: it tells apart what is made from other weights, or in another way. */
  readonly name: string;
  /** How messages name what it holds. */
  readonly label: string;
  /** Bytes of the whole file; one of another size is written anew. */
  readonly size: number;
  /** Default `$EMEND_HOME/weights`. */
  readonly folder?: string | undefined;
}

/**
 * A file that is made from a checkpoint's weights, written on first use and mapped from then on; it may be deleted at any time.
 * @returns where, links resolved
 * @throws EmendError `engine_failed` when it cannot be written, and what `write` throws of its own
 */
export async function derivedFile(
  { name, label, size, folder = join(process.env.EMEND_HOME || "data", "weights") }: DerivedFileOptions,
  write: (handle: FileHandle) => Promise<void>,
): Promise<string> {
  const file = join(folder, name);
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
    if (error instanceof EmendError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    const message = `cannot write ${label} to ${folder} (${reason}); free space there or set EMEND_HOME`;
    throw new EmendError("engine_failed", message, { cause: error });
  }
  return realpath(file);
}
