import { describeSafety } from "../../gpu-worker/engine/describeSafety.ts";
import { EngineProcess } from "../../gpu-worker/engine/EngineProcess.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { resolvePredictorFolder } from "../../gpu-worker/engine/resolvePredictorFolder.ts";
import { resolveSafety } from "../../gpu-worker/engine/resolveSafety.ts";
import { runWorker } from "../../gpu-worker/runWorker.ts";
import type { Env } from "../../src/env.ts";
import type { Log } from "../../src/log/createLog.ts";
import { openRedis } from "../../src/queue/embeddedRedis.ts";
import { say } from "./say.ts";
import type { ReadyMessage } from "./superviseWorker.ts";

/** Loads the model and takes edits. @returns what ends it, and gives the running edit so many milliseconds */
export async function startWorkerRole(
  env: Env,
  log: Log,
  signal: AbortSignal,
): Promise<(graceMs: number) => Promise<void>> {
  const redis = await openRedis({ url: env.REDIS_URL, home: env.EMEND_HOME });
  const closers: ((graceMs: number) => Promise<unknown>)[] = [redis.close];
  const close = async (graceMs: number) => {
    for (const each of closers.splice(0).reverse()) {
      await each(graceMs).catch((error: unknown) => log.warn("while stopping", { error }));
    }
  };
  try {
    say("loading the model …");
    const engine = await EngineProcess.start({
      folder: resolveModelFolder(env),
      device: env.EMEND_DEVICE,
      ...(env.EMEND_BATCH === undefined ? {} : { batch: env.EMEND_BATCH }),
      predictor: resolvePredictorFolder(env),
      safety: resolveSafety(env),
      ...(env.EMEND_TAESD === undefined ? {} : { taesd: env.EMEND_TAESD }),
      decoder: env.EMEND_DECODER,
      profile: env.EMEND_PROFILE,
      maxCrashes: Number.POSITIVE_INFINITY, // a worker has nothing better to do than to try again
      onLog: (line) => log.info("engine", { line }),
    });
    closers.push(() => engine.close());
    const { model, device, deviceNote, loadMilliseconds } = engine.info;
    if (deviceNote) say(deviceNote);
    say(`the model ${model} is ready on ${device} after ${(loadMilliseconds / 1000).toFixed(1)} s`);
    if (engine.info.safety) {
      say(describeSafety(engine.info.safety, model, resolveModelFolder(env) === resolveModelFolder({})));
    }
    signal.throwIfAborted();
    const end = await runWorker({
      engine,
      redisUrl: redis.url,
      prefix: env.EMEND_PREFIX,
      home: env.EMEND_HOME,
      limits: { maxPixels: env.EMEND_MAX_PIXELS, maxBytes: env.EMEND_MAX_BYTES },
      log,
    });
    closers.push(end);
    if (process.send) process.send({ type: "ready" } satisfies ReadyMessage);
    else console.log(`emend is ready: a worker with ${model} on ${device} takes edits`);
    return close;
  } catch (error) {
    await close(0);
    if (signal.aborted) return async () => undefined;
    throw error;
  }
}
