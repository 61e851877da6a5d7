import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { blobIsWhole } from "./blobIsWhole.ts";
import { snapshotFiles } from "./snapshotFiles.ts";

export interface CheckedFiles {
  readonly files: number;
  readonly bytes: number;
  /** Files that have the hash that they must have. */
  readonly hashed: number;
  /** What is wrong, by file. */
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
}

export interface CheckFilesOptions {
  /** Bytes that were read, of all. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Hashes the files of a snapshot: the names of the blobs that they link to are the hashes that they must have. Files of
 * an ordinary folder have no such names; only their presence is checked.
 * @throws EmendError `cancelled`
 */
export async function checkFiles(
  folder: string,
  { onProgress, signal }: CheckFilesOptions = {},
): Promise<CheckedFiles> {
  const files = await snapshotFiles(folder);
  const total = files.reduce((sum, { etag, size }) => sum + (etag === undefined ? 0 : (size ?? 0)), 0);
  const problems: { path: string; problem: string }[] = [];
  let done = 0;
  let hashed = 0;
  for (const { path, size, etag } of files) {
    if (size === undefined) {
      problems.push({ path, problem: "is missing" });
    } else if (etag !== undefined) {
      const onBytes = (bytes: number) => {
        done += bytes;
        onProgress?.(done, total);
      };
      const file = await realpath(join(folder, path));
      if (await blobIsWhole(file, { etag, size }, { onBytes, signal })) hashed++;
      else problems.push({ path, problem: "is damaged: its hash is another" });
    }
  }
  return { files: files.length, bytes: files.reduce((sum, { size = 0 }) => sum + size, 0), hashed, problems };
}
