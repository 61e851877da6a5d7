import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** Twelve hexadecimal digits that change with the files of a (small) folder; "none" when it is not there. */
export async function folderPrint(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true }).catch(() => undefined);
  if (!names) return "none";
  const hash = createHash("sha256");
  for (const name of names.sort()) {
    const file = join(folder, name);
    if ((await stat(file)).isFile()) hash.update(`${name}\n`).update(await readFile(file));
  }
  return hash.digest("hex").slice(0, 12);
}
