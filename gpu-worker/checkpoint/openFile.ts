import { type FileHandle, open, stat } from "node:fs/promises";
import { badModel } from "./badModel.ts";

/**
 * Opens a weight file for reading; the caller closes it.
 * @param label how messages name the file
 * @returns the file and its size in bytes
 * @throws EmendError `bad_model` when it cannot be opened or is not a regular file
 */
export async function openFile(file: string, label: string): Promise<{ handle: FileHandle; size: number }> {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw badModel(label, "is not a file"); // to open a pipe would wait for its other end
    return { handle: await open(file, "r"), size: found.size };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "bad_model") throw error;
    throw badModel(label, `cannot be opened (${code}); check the checkpoint folder`, error);
  }
}
