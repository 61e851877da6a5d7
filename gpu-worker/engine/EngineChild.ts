import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { EmendError } from "../../src/errors/EmendError.ts";
import { ChildGoneError } from "./ChildGoneError.ts";
import { childEnvironment } from "./childEnvironment.ts";
import type { EditOptions, EditRequest, EditResult, EngineInfo } from "./EditEngine.ts";
import type { LearnOptions, LearnRequest, LearnResult } from "./learning.ts";
import type { ChildArguments, ToChild, ToParent } from "./messages.ts";
import { unpackError } from "./packError.ts";

export interface ChildOptions extends ChildArguments {
  /** The script to run; tests bring others. */
  readonly script?: URL;
  /** How long loading may take. */
  readonly startMilliseconds?: number;
  /** How long a cancelled edit may go on (one evaluation of a large network takes seconds) before the child is killed. */
  readonly graceMilliseconds?: number;
  /** Lines that the child writes to its standard error. */
  readonly onLog?: (line: string) => void;
}

/** How much of the child's standard error is kept for messages, in characters. */
const keptLog = 4096;

/** One life of the engine process: from its start, over any number of edits, to its end. */
export class EngineChild {
  readonly info: EngineInfo;
  /** Settles when the process is gone, with why: "signal SIGKILL" or "exit code 1". */
  readonly gone: Promise<string>;
  readonly #process: ChildProcess;
  readonly #options: ChildOptions;
  readonly #log: { text: string };
  readonly #onGone = new Set<(reason: string) => void>();
  #lastId = 0;
  #edits = 0;
  #ended = false;

  private constructor(
    process: ChildProcess,
    gone: Promise<string>,
    log: { text: string },
    info: EngineInfo,
    options: ChildOptions,
  ) {
    this.#process = process;
    this.gone = gone;
    this.#log = log;
    this.info = info;
    this.#options = options;
    gone.then((reason) => this.#onGone.forEach((tell) => void tell(reason)));
  }

  /** @throws EmendError what loading the model threw, or `engine_failed` */
  static async start(options: ChildOptions): Promise<EngineChild> {
    const { script = new URL("./child.ts", import.meta.url), startMilliseconds = 120_000, onLog, ...rest } = options;
    const { folder, device, threads, predictor, safety, taesd, decoder, profile, batch, branchesTogether } = rest;
    const asked = {
      ...{ folder, device, threads, batch, branchesTogether },
      ...{ predictor, safety, taesd, decoder, profile },
    } satisfies Unset<ChildArguments>;
    const child = fork(fileURLToPath(script), [JSON.stringify(asked)], {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      execArgv: ["--disable-warning=ExperimentalWarning"],
      env: childEnvironment(),
    });
    const log = { text: "" };
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log.text = (log.text + text).slice(-keptLog);
      if (onLog) for (const line of text.split("\n")) if (line) onLog(line);
    });
    const gone = new Promise<string>((resolve) => {
      child.once("close", (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
      child.on("error", (error) => resolve(error.message)); // it could not be started, or not be written to
    });
    const ready = new Promise<ToParent>((resolve) => child.once("message", resolve));
    const timeout = AbortSignal.timeout(startMilliseconds);
    const late = new Promise<"late">((resolve) => timeout.addEventListener("abort", () => resolve("late")));

    const first = await Promise.race([ready, gone, late]);
    if (typeof first === "object" && first.type === "ready")
      return new EngineChild(child, gone, log, first.info, options);
    child.kill("SIGKILL");
    if (typeof first === "object" && first.type === "failed") throw unpackError(first.error);
    const reason = first === "late" ? `was not ready after ${startMilliseconds / 1000} s` : `did not start (${first})`;
    throw new EmendError("engine_failed", `the engine ${reason}; see its log.`, { cause: log.text });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Whether we ended it ourselves, so that its end is no crash. */
  get ended(): boolean {
    return this.#ended;
  }

  /** @throws EmendError `cancelled`, `engine_failed` when the process ends meanwhile, and what the edit threw */
  edit(request: EditRequest, { onProgress, previews = true, signal }: EditOptions): Promise<EditResult> {
    const ask = (id: number) => ({ type: "edit", id, request, previews }) as const;
    this.#edits++;
    const asked: Promise<EditResult> = this.#ask(ask, { onProgress, signal });
    return asked.finally(() => this.#edits--);
  }

  /** @throws EmendError as `edit` */
  learn(request: LearnRequest, { onProgress, signal }: LearnOptions): Promise<LearnResult> {
    return this.#ask((id) => ({ type: "learn", id, request }) as const, { onProgress, signal });
  }

  #ask<Progress, Result>(question: (id: number) => ToChild, { onProgress, signal }: Asking<Progress>): Promise<Result> {
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const cancelled = () => new EmendError("cancelled", "it was cancelled.", { cause: signal?.reason });

    const onMessage = (message: ToParent) => {
      if (!("id" in message) || message.id !== id) return;
      if (message.type === "progress") onProgress?.(message.progress as Progress);
      else if (message.type === "done") resolve(message.result as Result);
      else reject(unpackError(message.error));
    };
    let killing: NodeJS.Timeout | undefined;
    const onAbort = () => {
      this.#send({ type: "cancel", id });
      killing = setTimeout(() => this.kill(), this.#options.graceMilliseconds ?? 5000);
    };
    const onGone = (reason: string) => {
      reject(signal?.aborted ? cancelled() : new ChildGoneError(reason, this.#edits - 1, this.#log.text));
    };
    this.#process.on("message", onMessage);
    this.#onGone.add(onGone);
    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted) reject(cancelled());
    else this.#send(question(id));
    return promise.finally(() => {
      clearTimeout(killing);
      this.#process.off("message", onMessage);
      this.#onGone.delete(onGone);
      signal?.removeEventListener("abort", onAbort);
    });
  }

  /** Lets it end by itself, then makes it. */
  async close(): Promise<void> {
    this.#ended = true;
    this.#send({ type: "close" });
    const killing = setTimeout(() => this.kill(), this.#options.graceMilliseconds ?? 5000);
    await this.gone;
    clearTimeout(killing);
  }

  kill(): void {
    this.#ended = true;
    this.#process.kill("SIGKILL");
  }

  #send(message: ToChild): void {
    // A channel that is closed already means that `gone` is about to say so.
    if (this.#process.connected) this.#process.send(message, () => {});
  }
}

interface Asking<Progress> {
  readonly onProgress: ((progress: Progress) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

type Unset<T> = { [K in keyof T]: T[K] | undefined };
