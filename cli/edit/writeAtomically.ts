import { randomBytes } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EmendError } from "../../src/errors/EmendError.ts";

/**
 * Writes a file that is either there whole or not at all: to a hidden file beside it, then renamed.
 * @throws EmendError `bad_usage`
 */
export async function writeAtomically(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await writeFile(temporary, bytes, { flag: "wx" });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    const { code } = error as NodeJS.ErrnoException;
    throw new EmendError("bad_usage", `${file}: cannot be written (${code}); choose another file with --out.`, {
      cause: error,
    });
  }
}
