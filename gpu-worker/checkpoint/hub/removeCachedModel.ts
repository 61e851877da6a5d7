import { lstat, readdir, readFile, readlink, realpath, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { CachePaths } from "./CachePaths.ts";
import { findSnapshot } from "./findSnapshot.ts";
import type { HubReference } from "./HubReference.ts";
import { isCommit } from "./HubReference.ts";
import { holdLock } from "./holdLock.ts";
import { removeEmptyFolders } from "./removeEmptyFolders.ts";

export interface RemovedModel {
  readonly id: string;
  /** Commits that are gone. */
  readonly commits: readonly string[];
  /** Bytes that the disk has more. */
  readonly freed: number;
}

/**
 * Removes a model from the cache: with a revision that commit and the blobs that no other commit uses, without one all
 * of it. Links are removed, never what they lead to.
 * @throws EmendError `not_found` when it is not there, `forbidden` when its folder lies outside the cache
 */
export async function removeCachedModel(cache: string, reference: HubReference): Promise<RemovedModel> {
  const { id, revision } = reference;
  const paths = new CachePaths(cache, id);
  const found = await lstat(paths.root).catch(() => undefined);
  if (!found) throw notThere(cache, id);
  const isInside = found.isDirectory() && dirname(await realpath(paths.root)) === (await realpath(cache));
  if (!isInside) {
    throw new EmendError("forbidden", `${paths.root}: leads out of the cache; nothing is removed.`);
  }
  const unlock = await holdLock(paths);
  try {
    const all = (await readdir(paths.snapshots).catch(() => [])).filter(isCommit);
    const one = revision === undefined ? undefined : findSnapshot(cache, reference)?.commit;
    if (revision !== undefined && one === undefined) throw notThere(cache, `${id}@${revision}`);
    const freed =
      one === undefined || all.every((commit) => commit === one)
        ? await removeAll(paths)
        : await removeOne(paths, one, all);
    return { id, commits: one === undefined ? all : [one], freed };
  } catch (error) {
    if (error instanceof EmendError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new EmendError("forbidden", `${paths.root}: cannot be removed (${code}).`, { cause: error });
  } finally {
    await unlock();
    await removeEmptyFolders(paths.locks, dirname(paths.locks));
  }
}

const notThere = (cache: string, name: string) =>
  new EmendError("not_found", `${name} is not in ${cache}; see emend model list.`);

async function removeAll(paths: CachePaths): Promise<number> {
  const freed = await bytesBelow(paths.root);
  await rm(paths.root, { recursive: true });
  return freed;
}

async function removeOne(paths: CachePaths, commit: string, all: readonly string[]): Promise<number> {
  const used = new Set<string>();
  for (const other of all) {
    if (other !== commit) for (const blob of await blobsOf(paths.snapshot(other))) used.add(blob);
  }
  const own = (await blobsOf(paths.snapshot(commit))).filter((blob) => !used.has(blob));
  let freed = await bytesBelow(paths.snapshot(commit)); // files that are no links
  await rm(paths.snapshot(commit), { recursive: true });
  for (const ref of await refsTo(paths, commit)) await rm(ref);
  for (const blob of new Set(own)) {
    freed += (await lstat(paths.blob(blob)).catch(() => undefined))?.size ?? 0;
    await rm(paths.blob(blob), { force: true });
  }
  return freed;
}

/** Names of the blobs that a snapshot links to. */
async function blobsOf(snapshot: string): Promise<string[]> {
  const entries = await readdir(snapshot, { recursive: true, withFileTypes: true });
  const links = entries.filter((entry) => entry.isSymbolicLink());
  return Promise.all(links.map(async (entry) => basename(await readlink(join(entry.parentPath, entry.name)))));
}

async function refsTo({ refs }: CachePaths, commit: string): Promise<string[]> {
  const entries = await readdir(refs, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return files.filter((_, i) => contents[i]!.trim() === commit);
}

/** Sizes of the files themselves; links have next to none. */
async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map(async (file) => (await lstat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
