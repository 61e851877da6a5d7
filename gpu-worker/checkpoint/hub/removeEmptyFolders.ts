import { rmdir } from "node:fs/promises";

/** Removes those of the folders that are empty, in the order given: the inner ones first. */
export async function removeEmptyFolders(...folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rmdir(folder).catch(() => undefined);
}
