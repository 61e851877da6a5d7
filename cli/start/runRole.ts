import { readEnv } from "../../src/env.ts";
import { createLog } from "../../src/log/createLog.ts";
import type { StartOptions } from "../start.ts";
import { untilStopped } from "./untilStopped.ts";

const EXIT_MS = 1_000;
/** How long a running edit may go on after a signal before it goes back into the queue. Milliseconds. */
const GRACE_MS = 10_000;
/** The same for a worker that has lost its parent: there is no queue left to tell. */
const ORPHAN_GRACE_MS = 500;

/**
 * Runs until it is told to stop, then returns, so that the process ends with 0 by itself.
 * Bot and worker are separate processes in every role: the worker decodes strangers' pictures with native code, so it
 * must not know the Discord token, and either may die without the other.
 */
export async function runRole(options: StartOptions): Promise<void> {
  const env = readEnv();
  const log = createLog({
    level: env.EMEND_LOG_LEVEL ?? (env.DISCORD_TOKEN === undefined ? "warn" : "info"),
    secrets: [env.DISCORD_TOKEN, env.REDIS_URL],
  });
  process.on("unhandledRejection", (error) => log.error("unhandled rejection", { error }));
  const stop = untilStopped();
  try {
    const close =
      options.role === "worker"
        ? await (await import("./startWorkerRole.ts")).startWorkerRole(env, log, stop.signal)
        : await (await import("./startServices.ts")).startServices(env, options, log, stop.signal);
    await stop.stopped;
    await close(stop.orphaned() ? ORPHAN_GRACE_MS : GRACE_MS);
  } finally {
    // Nothing of ours is left; what a library keeps open must not hold the process.
    setTimeout(() => process.exit(), EXIT_MS).unref();
  }
}
