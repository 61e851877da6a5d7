import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { badModel } from "../badModel.ts";
import { blobIsWhole } from "./blobIsWhole.ts";
import type { CachePaths } from "./CachePaths.ts";
import { CutConnection } from "./CutConnection.ts";
import type { HubClient, HubRepository } from "./HubClient.ts";
import type { HubFile } from "./HubFile.ts";

export interface DownloadOptions {
  /** Bytes of the file that are there now; falls when the download must start over. */
  readonly onProgress?: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches a file into the cache's `blobs`, going on where an earlier run stopped, and gives it its name only when its
 * hash is right. The caller holds the model's lock. After a cut connection or a cancel the unfinished file stays for the
 * next run; after wrong bytes it is removed.
 * @throws EmendError `download_failed`, `bad_model`, `cancelled`, and what the hub refuses
 */
export async function downloadBlob(
  client: HubClient,
  repository: HubRepository,
  file: HubFile,
  paths: CachePaths,
  options: DownloadOptions = {},
): Promise<void> {
  const partial = paths.partial(file.etag);
  try {
    await mkdir(paths.blobs, { recursive: true });
    const resumed = await fetchInto(partial, client, repository, file, options);
    let whole = await isWhole(partial, file, options.signal);
    if (!whole && resumed) {
      // What an earlier run left behind may be what is wrong.
      await fetchInto(partial, client, repository, file, options);
      whole = await isWhole(partial, file, options.signal);
    }
    if (!whole) {
      const problem = "does not have the hash that the hub promised; nothing of it is kept. Try again later";
      throw badModel(`${repository.id}: ${file.path}`, problem);
    }
    await rename(partial, paths.blob(file.etag));
  } catch (error) {
    throw await explain(error, partial, file);
  }
}

/** Removes what is not. */
async function isWhole(partial: string, file: HubFile, signal: AbortSignal | undefined): Promise<boolean> {
  const whole = await blobIsWhole(partial, file, { signal });
  if (!whole) await rm(partial, { force: true });
  return whole;
}

/** @returns whether it went on with what was there */
async function fetchInto(
  partial: string,
  client: HubClient,
  repository: HubRepository,
  file: HubFile,
  { onProgress = () => undefined, signal }: DownloadOptions,
): Promise<boolean> {
  await using handle = await open(partial, "a");
  let there = (await handle.stat()).size;
  if (there > file.size) {
    await handle.truncate(0);
    there = 0;
  }
  const resumed = there > 0;
  /** The most that was there before this try: a server that starts over each time makes no progress. */
  let best = there;
  let etag: string | undefined;
  onProgress(there);
  await client.connection.retrying(
    async () => {
      best = Math.max(best, there);
      if (there === file.size) return;
      const response = await client.open(repository, file.path, { from: there, ifRange: etag }, signal);
      const start = startOf(response, there);
      if (start === undefined) {
        await response.body?.cancel();
        const problem = "is refused: the hub sends another part of the file than was asked for";
        throw badModel(`${repository.id}: ${file.path}`, problem);
      }
      if (start !== there) await handle.truncate(start);
      there = start;
      if (response.status === 416) {
        throw badModel(
          `${repository.id}: ${file.path}`,
          `is refused: the hub has less than the ${file.size} bytes promised`,
        );
      }
      etag = strongTag(response);
      onProgress(there);
      for await (const chunk of client.connection.chunks(response, signal)) {
        if (there + chunk.length > file.size) {
          await handle.truncate(0);
          const problem = `is refused: the hub sends more than the ${file.size} bytes that it promised`;
          throw badModel(`${repository.id}: ${file.path}`, problem);
        }
        await handle.writeFile(chunk);
        there += chunk.length;
        onProgress(there);
      }
      if (there < file.size) throw new CutConnection(`it ended after ${there} of ${file.size} bytes`);
    },
    () => there > best,
    signal,
  );
  await handle.sync();
  return resumed;
}

/**
 * Where the bytes of an answer belong: at our offset, or at the start when the server ignores ranges (200) or has not got
 * as much (416). Undefined when they belong nowhere.
 */
function startOf({ status, headers }: Response, there: number): number | undefined {
  if (status !== 206) return 0;
  const start = /^bytes (\d+)-/.exec(headers.get("content-range") ?? "")?.[1];
  return Number(start) === there ? there : undefined;
}

/** If-Range takes strong tags only. */
function strongTag(response: Response): string | undefined {
  const tag = response.headers.get("etag");
  return tag?.startsWith('"') ? tag : undefined;
}

async function explain(error: unknown, partial: string, file: HubFile): Promise<unknown> {
  const kept = (await stat(partial).catch(() => undefined))?.size ?? 0;
  if (kept === 0) await rm(partial, { force: true }).catch(() => undefined);
  const goOn = kept === 0 ? "" : "; what is there is kept, the same command goes on with it";
  if (error instanceof CutConnection) {
    const message = `${file.path}: the connection was cut (${error.reason})${goOn || "; try again"}.`;
    return new EmendError("download_failed", message, { cause: error });
  }
  if (error instanceof EmendError) return error;
  const { name, code } = error as NodeJS.ErrnoException;
  if (name === "AbortError") return new EmendError("cancelled", "cancelled", { cause: error });
  const reason = code === "ENOSPC" ? "the disk is full" : `it cannot be written (${code})`;
  return new EmendError("download_failed", `${file.path}: ${reason}${goOn}.`, { cause: error });
}
