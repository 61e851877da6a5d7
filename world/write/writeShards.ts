import { once } from "node:events";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Writable } from "node:stream";
import type { TaskName } from "../../src/queue/tasks.ts";
import { sampleAnyPair } from "../sampleAnyPair.ts";
import type { Split } from "../tasks/WorldTask.ts";
import type { UnseenTaskName } from "../unseen/UnseenTaskName.ts";
import { sampleEntries } from "./sample.ts";
import { tarEnd } from "./tar.ts";

export interface WriteOptions {
  readonly split: Split;
  /** Side of the pictures in pixels. */
  readonly size: number;
  /** The seed of sample 0; sample i has seed + i. */
  readonly seed: number;
  /** The index of the first sample. */
  readonly start: number;
  readonly count: number;
  /** Only this one; by default the training mix. */
  readonly task?: TaskName | UnseenTaskName;
}

function entriesOf(index: number, options: WriteOptions): Buffer {
  const { split, size, task } = options;
  const pair = sampleAnyPair(options.seed + index, { split, size, ...(task ? { task } : {}) });
  return sampleEntries(`${split}-${String(index).padStart(9, "0")}`, pair);
}

/**
 * Writes samples start … start + count − 1 as shards `SPLIT-000000.tar`, numbered by index ÷ perShard, each under a
 * `.part` name until it is complete. @returns the shards' paths
 */
export async function writeShards(
  folder: string,
  perShard: number,
  options: WriteOptions,
  done?: (path: string, samples: number) => void,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  const end = options.start + options.count;
  for (let index = options.start; index < end; ) {
    const shard = Math.floor(index / perShard);
    const last = Math.min(end, (shard + 1) * perShard);
    const path = join(folder, `${options.split}-${String(shard).padStart(6, "0")}.tar`);
    const file = await open(`${path}.part`, "w");
    const first = index;
    try {
      for (; index < last; index += 100) {
        const entries: Buffer[] = [];
        for (let i = index; i < Math.min(last, index + 100); i++) entries.push(entriesOf(i, options));
        await file.write(Buffer.concat(entries));
      }
      index = last;
      await file.write(tarEnd);
      await file.close();
    } catch (error) {
      await file.close();
      await rm(`${path}.part`, { force: true });
      throw error;
    }
    await rename(`${path}.part`, path);
    paths.push(path);
    done?.(path, last - first);
  }
  return paths;
}

/** Writes one tar of `count` samples (which may be endless) to a stream until it is closed. @returns how many */
export async function streamSamples(stream: Writable, options: WriteOptions): Promise<number> {
  let closed = false;
  let failure: NodeJS.ErrnoException | undefined;
  const stop = new AbortController();
  const end = (error?: NodeJS.ErrnoException) => {
    closed = true;
    failure ??= error;
    stop.abort();
  };
  stream.on("error", end);
  stream.on("close", () => end());
  let written = 0;
  for (; written < options.count && !closed; written++) {
    const roomy = stream.write(entriesOf(options.start + written, options));
    if (!roomy && !closed) await once(stream, "drain", { signal: stop.signal }).catch(() => undefined);
    else if (written % 64 === 63) await new Promise((resume) => setImmediate(resume));
  }
  if (!closed) await new Promise<void>((resolve) => stream.write(tarEnd, () => resolve()));
  // The reader went away: that is how an endless stream ends.
  if (failure && failure.code !== "EPIPE") throw failure;
  return written;
}
