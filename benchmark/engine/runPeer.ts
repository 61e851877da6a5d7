import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { throwIfCancelled } from "../../gpu-worker/diffusion/throwIfCancelled.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { MemorySampler, type PeakMemory } from "./MemorySampler.ts";

/** What a timed process said (training/peers/report.py), and what was seen of it. */
export interface PeerRun {
  /** A Python package that it lacks; nothing was timed then. */
  readonly missing?: string;
  readonly version?: string;
  /** Wall and processor time of each evaluation or step, ms. */
  readonly times: readonly number[];
  readonly processor: readonly number[];
  /** From the start of the process to the end of the first evaluation, ms. */
  readonly cold?: number;
  /** What else it said. */
  readonly said: Readonly<Record<string, unknown>>;
  readonly memory: PeakMemory;
  /** From its start to its end, ms. */
  readonly milliseconds: number;
}

/**
 * Runs a peer in a process of its own, as the only one.
 * @throws EmendError `cancelled`, or `internal` with the last line of its standard error
 */
export async function runPeer(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv; readonly signal?: AbortSignal | undefined },
): Promise<PeerRun> {
  throwIfCancelled(options.signal);
  const began = performance.now();
  const env = { ...process.env, ...options.env };
  const child = spawn(program, args, { cwd: options.cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => child.kill("SIGTERM");
  options.signal?.addEventListener("abort", stop, { once: true });
  const sampler = child.pid === undefined ? undefined : new MemorySampler(child.pid);
  let cold: number | undefined;
  let said: Record<string, unknown> = {};
  let last = "";
  createInterface(child.stderr).on("line", (line) => {
    if (line.trim() !== "") last = line.trim();
  });
  createInterface(child.stdout).on("line", (line) => {
    if (!line.startsWith("{")) return; // libraries print, too
    const words = JSON.parse(line) as Record<string, unknown>;
    if (words.first) cold = performance.now() - began;
    said = { ...said, ...words };
  });
  try {
    const problem = await new Promise<string | undefined>((resolve) => {
      child.on("error", (error) => resolve(error.message));
      child.on("close", (code, killed) => resolve(code === 0 ? undefined : last || `it ended with ${killed ?? code}`));
    });
    throwIfCancelled(options.signal);
    if (problem !== undefined) throw new EmendError("internal", problem.slice(0, 300));
  } finally {
    options.signal?.removeEventListener("abort", stop);
    sampler?.stop();
  }
  const { missing, version, times = [], processor = [], first: _, ...rest } = said;
  return {
    ...(typeof missing === "string" && { missing }),
    ...(typeof version === "string" && { version }),
    ...(cold !== undefined && { cold }),
    times: times as number[],
    processor: processor as number[],
    said: rest,
    memory: sampler?.stop() ?? { own: undefined, total: undefined },
    milliseconds: performance.now() - began,
  };
}
