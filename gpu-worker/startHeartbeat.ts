import type { Log } from "../src/log/createLog.ts";
import { HEARTBEAT_MS, type WorkerDirectory } from "../src/queue/WorkerDirectory.ts";
import type { EngineInfo } from "./engine/EditEngine.ts";

/** Tells the bot every 5 s that this worker lives and which tasks it knows. @returns a function that says goodbye */
export function startHeartbeat(
  directory: WorkerDirectory,
  id: string,
  info: () => EngineInfo,
  log: Log,
): () => Promise<void> {
  const beat = () => {
    const { model, device, tasks, defaults, concurrency, safety } = info();
    const status = {
      v: 1 as const,
      id,
      model,
      device,
      tasks: [...tasks],
      defaultSteps: defaults.steps,
      ...(safety === undefined ? {} : { safety: safety.state }),
      concurrency,
      at: Date.now(),
    };
    directory.announce(status).catch((error) => log.debug("heartbeat", { error }));
  };
  beat();
  const timer = setInterval(beat, HEARTBEAT_MS);
  return async () => {
    clearInterval(timer);
    await directory.leave(id).catch(() => undefined);
  };
}
