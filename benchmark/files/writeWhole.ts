import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { writeProblem } from "./writeProblem.ts";

/**
 * Writes a file that is either there whole or as it was before: under `.part`, then renamed. Makes its folder.
 * @throws EmendError for what people can mend, such as a full disk
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(part, content);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw writeProblem(path, error);
  }
}
