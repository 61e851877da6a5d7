import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import lockfile from "proper-lockfile";
import { EmendError } from "../../../src/errors/EmendError.ts";
import type { CachePaths } from "./CachePaths.ts";

export interface HoldLockOptions {
  /** Told once when another process holds the lock. */
  readonly onWait?: () => void;
  readonly signal?: AbortSignal | undefined;
}

/** A process that was killed frees its lock after so many milliseconds without a sign of life. */
const stale = 10_000;
const between = 250;

/**
 * Waits until this process alone may write to a model of the cache. huggingface_hub's own locks are those of the
 * operating system, which Node has not; it needs none of ours, as every process of it writes to files of its own and
 * renames them.
 * @returns what gives the lock back
 */
export async function holdLock(
  paths: CachePaths,
  { onWait, signal }: HoldLockOptions = {},
): Promise<() => Promise<void>> {
  for (let told = false; ; ) {
    await mkdir(paths.locks, { recursive: true });
    try {
      return await lockfile.lock(paths.locks, {
        ...{ stale, realpath: false, lockfilePath: join(paths.locks, "emend.lock") },
        onCompromised: () => undefined, // the folder was deleted under us: what follows says so
      });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT") continue; // who had the lock tidied its folder away
      if (code !== "ELOCKED") throw error;
    }
    if (!told) onWait?.();
    told = true;
    await sleep(between, undefined, { signal }).catch((cause: unknown) => {
      throw new EmendError("cancelled", "cancelled", { cause });
    });
  }
}
