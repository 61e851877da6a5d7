import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { engineMemorySettings } from "../../gpu-worker/engine/engineMemorySettings.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { readEnv } from "../../src/env.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { makeRandomCheckpoint, sd15UNetConfig } from "../randomCheckpoint.ts";
import { type EngineCase, engineCases } from "./cases.ts";

export interface EngineBenchOptions {
  case: string;
  python?: string;
  rounds: number;
  compile: boolean;
  /** Time a forward and backward pass, too. */
  gradient?: boolean;
  json?: boolean;
}

/** One peer's figures: median and fastest evaluation, time to the first one (loading included), peak memory. */
interface Timing {
  milliseconds: number;
  fastest: number;
  firstEvaluation: number;
  peakMegabytes: number;
}

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const run = promisify(execFile);

/** `emend bench engine`: every peer in its own process, one after the other, on the same checkpoint. */
export async function runEngineBench(options: EngineBenchOptions): Promise<void> {
  const python = options.python ?? join(root, "training", ".venv", "bin", "python");
  if (!existsSync(python)) {
    throw new EmendError("not_found", `${python} is not there: see training/README.md, or name another with --python`);
  }
  const report: Record<string, unknown> = { machine: `${cpus().length} × ${cpus()[0]?.model.trim()}` };
  const scratch = await mkdtemp(join(tmpdir(), "emend-bench-"));
  try {
    for (const which of engineCases) {
      if (options.case !== "all" && options.case !== which.name) continue;
      const folder = which.name === "mini" ? resolveModelFolder(readEnv()) : scratch;
      if (which.name === "sd15") await makeRandomCheckpoint(folder, sd15UNetConfig);
      report[which.name] = await compare(which, folder, python, options);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  if (options.json) console.log(JSON.stringify(report));
}

async function compare(which: EngineCase, folder: string, python: string, options: EngineBenchOptions) {
  const rounds = String(options.rounds);
  const peer = [
    ...[join(root, "training", "peers", "time_unet.py"), folder, "--rounds", rounds],
    ...["--latent", ...which.latent.map(String), "--context", ...which.context.map(String)],
    ...(which.hasTasks ? ["--task"] : []),
  ];
  const timings: Record<string, Timing> = {
    engine: await time(
      process.execPath,
      [join(root, "benchmark", "engine", "timeEngine.ts"), folder, which.name, rounds],
      {
        ...process.env,
        ...engineMemorySettings,
      },
    ),
    pytorch: await time(python, peer),
    ...(options.compile && { "pytorch compiled": await time(python, [...peer, "--compile"]) }),
  };
  const { engine, ...peers } = timings;
  const best = Math.min(...Object.values(peers).map((each) => each.milliseconds));
  const ratio = engine!.milliseconds / best;
  const gradient = options.gradient
    ? await compareGradient(which, folder, python, peer, options.rounds, engine!.milliseconds)
    : undefined;
  if (!options.json) {
    console.log(`${which.name}: ${which.description}`);
    console.log("                   ms/eval   fastest   first eval    peak MB");
    for (const [name, each] of Object.entries(timings)) {
      const cells = [each.milliseconds.toFixed(1), each.fastest.toFixed(1), each.firstEvaluation.toFixed(0)];
      console.log(
        `${name.padEnd(17)}${cells[0]!.padStart(9)}${cells[1]!.padStart(10)}${cells[2]!.padStart(13)}${each.peakMegabytes.toFixed(0).padStart(11)}`,
      );
    }
    console.log(`ratio to the best peer: ${ratio.toFixed(2)}\n`);
    if (gradient) {
      const { timings: both, toForward, time, memory } = gradient;
      for (const [name, each] of Object.entries(both)) {
        const cells = [each.milliseconds, each.fastest, each.firstEvaluation, each.peakMegabytes];
        console.log(`${name.padEnd(28)}${cells.map((cell) => cell.toFixed(0).padStart(9)).join("")}`);
      }
      console.log(`forward and backward: ${toForward.toFixed(2)} × the forward pass alone`);
      console.log(
        `ratio to PyTorch with gradient checkpointing: time ${time.toFixed(2)}, memory ${memory.toFixed(2)}\n`,
      );
    }
  }
  return { timings, ratio, ...(gradient ? { gradient } : {}) };
}

/** One pass forward and back through frozen weights, by the task vector (or tokens): the step of task inversion. */
async function compareGradient(
  which: EngineCase,
  folder: string,
  python: string,
  peer: string[],
  rounds: number,
  forward: number,
) {
  const script = join(root, "benchmark", "engine", "timeEngine.ts");
  const timings = {
    "engine, gradient": await time(process.execPath, [script, folder, which.name, String(rounds), "gradient"], {
      ...process.env,
      ...engineMemorySettings,
    }),
    "pytorch, checkpointing": await time(python, [...peer, "--gradient"]),
  };
  const [own, theirs] = Object.values(timings) as [Timing, Timing];
  return {
    timings,
    toForward: own.milliseconds / forward,
    time: own.milliseconds / theirs.milliseconds,
    memory: own.peakMegabytes / theirs.peakMegabytes,
  };
}

async function time(program: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<Timing> {
  const { stdout } = await run(program, args, { env, maxBuffer: 1 << 24 });
  return JSON.parse(stdout.trim().split("\n").at(-1)!);
}
