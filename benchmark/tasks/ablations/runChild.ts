import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { throwIfCancelled } from "../../../gpu-worker/diffusion/throwIfCancelled.ts";
import { EmendError } from "../../../src/errors/EmendError.ts";

export interface ChildOptions {
  /** What runs, as an error calls it. */
  readonly name: string;
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Gets every line of its standard output. */
  readonly onLine?: (line: string) => void;
  /** Ends it politely. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a program to its end.
 * @throws EmendError `cancelled`, or `internal` with the last line that the program wrote to standard error
 */
export async function runChild(program: string, args: readonly string[], options: ChildOptions): Promise<void> {
  const { name, cwd, env, onLine, signal } = options;
  throwIfCancelled(signal);
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => child.kill("SIGTERM");
  signal?.addEventListener("abort", stop, { once: true });
  let last = "";
  createInterface(child.stderr).on("line", (line) => {
    if (line.trim() !== "") last = line.trim();
  });
  createInterface(child.stdout).on("line", (line) => onLine?.(line));
  try {
    const ended = await new Promise<string | undefined>((resolve) => {
      child.on("error", (error) => resolve(error.message));
      child.on("close", (code, killed) => resolve(code === 0 ? undefined : last || `it ended with ${killed ?? code}`));
    });
    throwIfCancelled(signal);
    if (ended === undefined) return;
    const line = `${name} failed: ${ended.slice(0, 300)}; the same command goes on with what is missing.`;
    throw new EmendError("internal", line);
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
