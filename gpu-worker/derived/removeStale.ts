import { lstat, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Source, sourceSchema, sourcesFile, statSource, weightsFolder } from "./sources.ts";

/**
 * Removes derived files whose checkpoint is gone or has changed, and what was made from those in turn.
 * @returns bytes that the disk has more
 */
export async function removeStale(folder = weightsFolder()): Promise<number> {
  let freed = 0;
  for (;;) {
    const before = freed;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.filter((each) => each.isDirectory())) {
      const place = join(folder, entry.name);
      if (!(await isStale(place))) continue;
      for (const name of await readdir(place)) freed += (await lstat(join(place, name))).size;
      await rm(place, { recursive: true });
    }
    if (freed === before) return freed;
  }
}

/** What says nothing of its sources is none of ours, or is just being made. */
async function isStale(place: string): Promise<boolean> {
  const text = await readFile(join(place, sourcesFile), "utf8").catch(() => undefined);
  if (text === undefined) return false;
  const sources = z.array(sourceSchema).safeParse(parsed(text)).data ?? [];
  for (const source of sources) {
    const now: Source | undefined = await statSource(source.file).catch(() => undefined);
    if (now?.size !== source.size || now.mtimeMs !== source.mtimeMs) return true;
  }
  return false;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
