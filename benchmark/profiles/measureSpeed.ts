import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { AppliedProfile } from "../../gpu-worker/diffusion/profileSettings.ts";
import { engineMemorySettings } from "../../gpu-worker/engine/engineMemorySettings.ts";
import type { Decoder } from "../../gpu-worker/models/EditModel.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { type Pix2pixConfigs, randomPix2pix } from "../checkpoint/randomPix2pix.ts";
import { repository } from "../repository.ts";
import { peerDefaults } from "./settings.ts";

/** One whole edit. */
export interface EditTiming {
  readonly steps: number;
  readonly evaluations: number;
  readonly shallowEvaluations?: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

export interface Speed {
  readonly resolution: number;
  /** The peer ran this many steps; its seconds are those of all its steps, by the time of one. */
  readonly timed: number;
  readonly version: string;
  readonly diffusers: EditTiming;
  readonly exact: EditTiming;
  readonly fast: EditTiming;
  /** The same with the checkpoint's tiny autoencoder, as the profile has it where there is one. */
  readonly fastTiny: EditTiming;
}

export interface SpeedOptions {
  /** A Python with training/requirements.txt. */
  readonly python?: string;
  readonly resolution: number;
  /** Edits by each profile, of which the fastest counts. */
  readonly rounds: number;
  /** Steps that the peer runs. */
  readonly timed: number;
  /** Of the random checkpoint; absent: Stable Diffusion 1.5's. */
  readonly configs?: Pix2pixConfigs;
  readonly signal?: AbortSignal;
}

const run = promisify(execFile);

/** Whole edits of a random checkpoint by diffusers and by each profile, every one in a process of its own. */
export async function measureSpeed(options: SpeedOptions): Promise<Speed> {
  const { resolution, rounds, timed, signal } = options;
  const python = options.python ?? join(repository, "training", ".venv", "bin", "python");
  if (!existsSync(python)) {
    throw new EmendError("not_found", `${python} is not there: see training/README.md, or name another with --python`);
  }
  const folder = await mkdtemp(join(tmpdir(), "emend-bench-"));
  const time = async <T>(program: string, args: string[]): Promise<T> => {
    // What the engine derives from the weights goes with them.
    const env = { ...process.env, ...engineMemorySettings, EMEND_HOME: join(folder, "home") };
    const { stdout } = await run(program, args, { env, maxBuffer: 1 << 24, ...(signal && { signal }) });
    return JSON.parse(stdout.trim().split("\n").at(-1)!);
  };
  const ours = (profile: AppliedProfile, decoder: Decoder) =>
    time<EditTiming>(process.execPath, [
      ...["--disable-warning=ExperimentalWarning", join(repository, "benchmark", "profiles", "timeEdit.ts")],
      ...[folder, profile, decoder, String(resolution), String(rounds)],
    ]);
  try {
    await randomPix2pix(folder, options.configs);
    const exact = await ours("exact", "full");
    const fast = await ours("fast", "full");
    const fastTiny = await ours("fast", "tiny");
    const peer = await time<EditTiming & { timed: number; version: string }>(python, [
      ...[join(repository, "training", "peers", "time_pipeline.py"), folder, "--resolution", String(resolution)],
      ...["--steps", String(peerDefaults.steps), "--timed", String(timed)],
    ]);
    const { version, ...diffusers } = peer;
    return { resolution, timed, version, diffusers, exact, fast, fastTiny };
  } catch (error) {
    if (signal?.aborted) throw new EmendError("cancelled", "interrupted.", { cause: error });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
