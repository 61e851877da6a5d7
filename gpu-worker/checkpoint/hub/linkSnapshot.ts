import { randomUUID } from "node:crypto";
import { lstat, mkdir, readFile, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { CachePaths } from "./CachePaths.ts";
import type { HubRepository } from "./HubClient.ts";
import type { HubFile } from "./HubFile.ts";

/**
 * Makes the snapshot of a commit out of blobs that are all there: a relative link for each file, then the note of what
 * the branch or tag is now. Where links are not allowed (Windows without developer mode) the blobs move there, as
 * huggingface_hub does it.
 */
export async function linkSnapshot(
  paths: CachePaths,
  { commit, revision }: HubRepository,
  files: readonly HubFile[],
): Promise<void> {
  const snapshot = paths.snapshot(commit);
  for (const { path, etag } of files) {
    const pointer = join(snapshot, ...path.split("/"));
    await mkdir(dirname(pointer), { recursive: true });
    await point(pointer, paths.blob(etag));
  }
  if (revision !== commit) await writeRef(paths.ref(revision), commit);
}

async function point(pointer: string, blob: string): Promise<void> {
  const target = relative(dirname(pointer), blob);
  const found = await lstat(pointer).catch(() => undefined);
  if (found?.isSymbolicLink() && (await readlink(pointer)).split(sep).join("/") === target.split(sep).join("/")) return;
  const isBlobThere = (await lstat(blob).catch(() => undefined)) !== undefined;
  if (found?.isFile() && !isBlobThere) return; // moved there by an earlier pull
  await rm(pointer, { force: true });
  try {
    await symlink(target, pointer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error;
    await rename(blob, pointer);
  }
}

async function writeRef(file: string, commit: string): Promise<void> {
  if ((await readFile(file, "utf8").catch(() => undefined)) === commit) return;
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID().slice(0, 8)}.tmp`;
  await writeFile(temporary, commit);
  await rename(temporary, file);
}
