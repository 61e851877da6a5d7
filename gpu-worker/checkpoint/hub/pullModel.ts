import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { CachePaths } from "./CachePaths.ts";
import { downloadBlob } from "./downloadBlob.ts";
import { findSnapshot } from "./findSnapshot.ts";
import { formatBytes } from "./formatBytes.ts";
import { HubClient } from "./HubClient.ts";
import type { ConnectionOptions } from "./HubConnection.ts";
import type { HubFile } from "./HubFile.ts";
import type { HubReference } from "./HubReference.ts";
import { holdLock } from "./holdLock.ts";
import type { HubSettings } from "./hubSettings.ts";
import { linkSnapshot } from "./linkSnapshot.ts";
import { type MissingFile, missingFiles } from "./missingFiles.ts";
import { type PlanOptions, type PullPlan, planPull } from "./planPull.ts";
import { removeEmptyFolders } from "./removeEmptyFolders.ts";

export interface PullOptions extends PlanOptions {
  readonly settings: HubSettings;
  readonly connection?: ConnectionOptions;
  /** Hash files that are there already, too, and fetch damaged ones again. */
  readonly verify?: boolean;
  /** Tell what would be fetched, and stop. */
  readonly dryRun?: boolean;
  /** Told before anything is fetched. `missing`: bytes that are not there yet. */
  readonly onPlan?: (plan: PullPlan, missing: number) => void;
  /** Bytes that are there of the bytes that were missing. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Told when another process is fetching the same model. */
  readonly onWait?: () => void;
  readonly signal?: AbortSignal | undefined;
}

export interface PulledModel {
  readonly id: string;
  readonly revision: string;
  readonly commit: string;
  /** The snapshot: a checkpoint folder. */
  readonly folder: string;
  readonly files: readonly HubFile[];
  readonly bytes: number;
  /** Bytes that came over the network for the files, in this run. */
  readonly transferred: number;
}

/** Room that is left for the lists and links beside the files. */
const spareBytes = 16 * 1024 * 1024;

/**
 * Fetches the files of an editing model that emend needs into huggingface_hub's cache. The revision is resolved to its
 * commit first; the snapshot appears only when all of it is there. What is there already is not fetched again.
 * @throws EmendError
 */
export async function pullModel(reference: HubReference, options: PullOptions): Promise<PulledModel> {
  const { settings, signal } = options;
  const { id, revision = "main" } = reference;
  if (settings.offline) return offlineModel(reference, settings);

  // 1. What it is, and what of it is there
  const client = new HubClient(settings, options.connection);
  const plan = await planPull(client, id, revision, options, signal);
  const { repository, files, bytes } = plan;
  const { commit } = repository;
  const paths = new CachePaths(settings.cache, id);
  let missing = await missingFiles(paths, commit, files, options);
  options.onPlan?.(plan, bytesOf(missing));
  const result = { id, revision, commit, folder: paths.snapshot(commit), files, bytes };
  if (options.dryRun) return { ...result, transferred: 0 };

  // 2. Whether there is room for it
  await checkSpace(settings.cache, bytesOf(missing));

  // 3. The files, by one process at a time
  const { unlock, waited } = await lockModel(paths, options);
  try {
    if (waited) missing = await missingFiles(paths, commit, files);
    const transferred = await downloadAll(client, plan, paths, missing, options);

    // 4. The snapshot
    await linkSnapshot(paths, repository, files).catch((error: unknown) => {
      throw cannotWrite(paths, error);
    });
    return { ...result, transferred };
  } finally {
    await removeEmptyFolders(paths.blobs, paths.snapshots, paths.refs, paths.root);
    await unlock();
    await removeEmptyFolders(paths.locks, dirname(paths.locks));
  }
}

/** Bytes that are still to come. */
const bytesOf = (missing: readonly MissingFile[]): number =>
  missing.reduce((sum, { file, there }) => sum + Math.max(0, file.size - there), 0);

/** @returns bytes that came over the network */
async function downloadAll(
  client: HubClient,
  { repository }: PullPlan,
  paths: CachePaths,
  missing: readonly MissingFile[],
  { onProgress, signal }: PullOptions,
): Promise<number> {
  const there = new Map(missing.map(({ file, there }) => [file.etag, there]));
  const total = missing.reduce((sum, { file }) => sum + file.size, 0);
  let done = missing.reduce((sum, { there }) => sum + there, 0);
  let transferred = 0;
  for (const { file } of missing) {
    await downloadBlob(client, repository, file, paths, {
      signal,
      onProgress(bytes) {
        const more = bytes - there.get(file.etag)!;
        there.set(file.etag, bytes);
        done += more;
        if (more > 0) transferred += more;
        onProgress?.(done, total);
      },
    });
  }
  return transferred;
}

/** @throws EmendError `download_failed` when the disk has too little room */
async function checkSpace(cache: string, needed: number): Promise<void> {
  let folder = cache;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  if (needed === 0 || needed + spareBytes <= bavail * bsize) return;
  const sizes = `${formatBytes(needed)} are needed, ${formatBytes(bavail * bsize)} are free`;
  const message = `no space in ${cache}: ${sizes}; make room, or set HF_HUB_CACHE to a folder on another disk.`;
  throw new EmendError("download_failed", message);
}

async function lockModel(paths: CachePaths, { onWait, signal }: PullOptions) {
  let waited = false;
  try {
    const unlock = await holdLock(paths, {
      signal,
      onWait() {
        waited = true;
        onWait?.();
      },
    });
    return { unlock, waited };
  } catch (error) {
    throw cannotWrite(paths, error);
  }
}

function cannotWrite({ root }: CachePaths, error: unknown): unknown {
  if (error instanceof EmendError) return error;
  const { code } = error as NodeJS.ErrnoException;
  const message = `${root}: cannot be written (${code}); make room there, or set HF_HUB_CACHE to another folder.`;
  return new EmendError("download_failed", message, { cause: error });
}

function offlineModel(reference: HubReference, settings: HubSettings): PulledModel {
  const found = findSnapshot(settings.cache, reference);
  if (!found) {
    const message = `HF_HUB_OFFLINE is set, and ${reference.id} is not in ${settings.cache}; unset it to fetch the model.`;
    throw new EmendError("not_found", message);
  }
  return { ...found, revision: reference.revision ?? "main", files: [], bytes: 0, transferred: 0 };
}
