import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { EmendError } from "../../src/errors/EmendError.ts";
import { say } from "./say.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Longer than the worker's own grace for the running edit. Milliseconds. */
const STOP_LIMIT_MS = 20_000;

/** Sent once, when the worker takes edits. */
export interface ReadyMessage {
  readonly type: "ready";
}

export interface WorkerProcess {
  /** Rejects when the first start fails: the worker has said why. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/** A worker in a process of its own, started again when it dies. It gets no Discord token. */
export function superviseWorker(environment: NodeJS.ProcessEnv): WorkerProcess {
  const { DISCORD_TOKEN: _token, DISCORD_TOKEN_FILE: _file, REDIS_URL_FILE: _redis, ...env } = environment;
  let child: ChildProcess | undefined;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let pause = FIRST_PAUSE_MS;
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  let hasBeenReady = false;

  const start = () => {
    const worker = fork(MAIN, ["start", "--role", "worker"], {
      env,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    child = worker;
    worker.on("message", (message: ReadyMessage) => {
      if (message.type !== "ready") return;
      hasBeenReady = true;
      pause = FIRST_PAUSE_MS;
      resolve();
    });
    worker.once("exit", (code, signal) => {
      child = undefined;
      if (stopping) return;
      if (!hasBeenReady) {
        const input = code === 2 ? "bad_model" : "engine_failed";
        return reject(new EmendError(input, "the worker did not start; see the line above"));
      }
      say(`the worker ended (${signal ?? `exit code ${code}`}); starting it again in ${pause / 1000} s`);
      timer = setTimeout(start, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
  };
  start();

  const stop = async () => {
    stopping = true;
    clearTimeout(timer);
    const worker = child;
    if (!worker) return;
    const exited = new Promise((done) => worker.once("exit", done));
    worker.kill("SIGTERM");
    const kill = setTimeout(() => worker.kill("SIGKILL"), STOP_LIMIT_MS);
    await exited;
    clearTimeout(kill);
  };
  return { ready, stop };
}
