import { stat } from "node:fs/promises";
import { join } from "node:path";
import { blobIsWhole } from "./blobIsWhole.ts";
import type { CachePaths } from "./CachePaths.ts";
import type { HubFile } from "./HubFile.ts";

export interface MissingFile {
  readonly file: HubFile;
  /** Bytes that an unfinished download left. */
  readonly there: number;
}

export interface MissingOptions {
  /** Whether to hash what is there, and count what is damaged as missing. */
  readonly verify?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Which files of a snapshot are not in the cache, each blob once. Files of the right size count as there. */
export async function missingFiles(
  paths: CachePaths,
  commit: string,
  files: readonly HubFile[],
  { verify, signal }: MissingOptions = {},
): Promise<MissingFile[]> {
  const missing = new Map<string, MissingFile>();
  for (const file of files) {
    const places = [paths.blob(file.etag), join(paths.snapshot(commit), ...file.path.split("/"))];
    let found: string | undefined;
    for (const place of places) if ((await sizeOf(place)) === file.size) found ??= place;
    if (found !== undefined && (!verify || (await blobIsWhole(found, file, { signal })))) continue;
    missing.set(file.etag, { file, there: (await sizeOf(paths.partial(file.etag))) ?? 0 });
  }
  return [...missing.values()];
}

const sizeOf = async (file: string): Promise<number | undefined> => (await stat(file).catch(() => undefined))?.size;
