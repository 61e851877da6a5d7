import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CachePaths } from "./CachePaths.ts";
import { type HubReference, isCommit } from "./HubReference.ts";

export interface Snapshot {
  readonly id: string;
  readonly commit: string;
  readonly folder: string;
}

/**
 * The snapshot of a model in the cache; without a revision "main", or the only one that there is.
 * @returns undefined when the model is not in the cache
 */
export function findSnapshot(cache: string, { id, revision }: HubReference): Snapshot | undefined {
  const paths = new CachePaths(cache, id);
  const commit = readRef(paths, revision ?? "main") ?? (revision === undefined ? onlySnapshot(paths) : undefined);
  if (commit === undefined) return undefined;
  const folder = paths.snapshot(commit);
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? { id, commit, folder } : undefined;
}

function readRef(paths: CachePaths, revision: string): string | undefined {
  if (isCommit(revision)) return revision;
  try {
    const commit = readFileSync(paths.ref(revision), "utf8").trim();
    return isCommit(commit) ? commit : undefined;
  } catch {
    return undefined;
  }
}

function onlySnapshot(paths: CachePaths): string | undefined {
  try {
    const commits = readdirSync(paths.snapshots).filter(isCommit);
    return commits.length === 1 ? commits[0] : undefined;
  } catch {
    return undefined;
  }
}

/** The model and commit of a checkpoint, a folder or a single file, that lies in some cache. */
export const snapshotOf = (path: string): Snapshot | undefined => snapshotAt(path) ?? snapshotAt(dirname(path));

function snapshotAt(folder: string): Snapshot | undefined {
  const [commit, snapshots] = [basename(folder), dirname(folder)];
  const parts = /^models--(.+?)--(.+)$/.exec(basename(dirname(snapshots)));
  if (!isCommit(commit) || basename(snapshots) !== "snapshots" || !parts) return undefined;
  return { id: `${parts[1]}/${parts[2]}`, commit, folder: join(snapshots, commit) };
}
