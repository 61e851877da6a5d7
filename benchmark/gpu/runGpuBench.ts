import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { chooseDevice } from "../../gpu-worker/graph/device/chooseDevice.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { batchSizes } from "../../gpu-worker/models/batchSizes.ts";
import { readEnv } from "../../src/env.ts";
import { measureEdits } from "../batching/measureEdits.ts";
import { randomPix2pix } from "../checkpoint/randomPix2pix.ts";
import { writeWhole } from "../files/writeWhole.ts";
import { type Machine, machine } from "../report/machine.ts";
import { rounded } from "../report/statistics.ts";
import { progressLine } from "../tasks/progressLine.ts";

export interface GpuBenchOptions {
  /** sd15 has InstructPix2Pix's size and random weights; mini is the bundled model, to try the command. */
  readonly case: "mini" | "sd15";
  /** The JSON file that is written, and written again after each part. */
  readonly out: string;
  /** Pixels. */
  readonly side: number;
  readonly steps: number;
  /** Of the fast profile. */
  readonly fastSteps: number;
  readonly rounds: number;
  /** Gradient steps of the task that is learned; default: what a task gets. */
  readonly learnSteps?: number;
}

interface Report {
  readonly machine: Machine;
  readonly gpu: string | undefined;
  readonly device: string;
  readonly precision: string;
  readonly note?: string;
  readonly options: GpuBenchOptions;
  /** Seconds of an edit, all rounds. */
  readonly edits: Record<string, readonly number[]>;
  readonly batching: unknown[];
  readonly learning?: unknown;
}

/**
 * `emend bench gpu`: what a GPU makes of a full-size checkpoint: an edit of 50 steps and a fast one, steps batched, a task
 * learned. Needs no network; every part is on disk as soon as it is there.
 */
export async function runGpuBench(options: GpuBenchOptions, signal?: AbortSignal): Promise<void> {
  const { EMEND_DEVICE: device } = readEnv();
  const choice = await chooseDevice(device);
  const line = progressLine();
  if (choice.note) line.say(`emend: ${choice.note}`);
  let report: Report = {
    machine: machine(),
    gpu: await nameOfGpu(),
    ...choice,
    options,
    edits: {},
    batching: [],
  };
  const out = resolve(options.out);
  const keep = async (more: Partial<Report>) => {
    report = { ...report, ...more };
    await writeWhole(out, `${JSON.stringify(rounded(report), null, 1)}\n`);
  };
  await keep({});
  const scratch = await mkdtemp(join(tmpdir(), "emend-bench-"));
  try {
    const folder = options.case === "mini" ? resolveModelFolder(readEnv()) : join(scratch, "sd15-random");
    if (options.case === "sd15") {
      line.show("writing random weights");
      await randomPix2pix(folder);
    }
    const pictureOf = (shift: number): Picture => ({
      ...{ width: options.side, height: options.side },
      data: new Uint8Array(3 * options.side ** 2).map((_, i) => (i * 37 + shift) % 251),
    });
    const picture = pictureOf(0);

    // 1. One edit: as many steps as the paper takes, and a fast one
    const ways = [
      ["exact", { steps: options.steps }],
      ["fast", { steps: options.fastSteps, profile: "fast", resolution: options.side }],
    ] as const;
    const engine = await LocalEngine.open(folder, { device, batch: 1 });
    for (const [name, how] of ways) {
      const seconds: number[] = [];
      for (let round = 0; round <= options.rounds; round++) {
        line.show(`${name}: edit ${round} of ${options.rounds}`);
        const task = engine.info.tasks[0] ?? "auto";
        const request = { picture, instruction: "make the boat red", task, seed: round, ...how };
        const { milliseconds } = await engine.edit(request, { previews: false, ...(signal && { signal }) });
        if (round > 0) seconds.push(milliseconds / 1000); // the first makes the sessions
      }
      line.say(`${name}: ${how.steps} steps in ${Math.min(...seconds).toFixed(2)} s`);
      await keep({ edits: { ...report.edits, [name]: seconds } });
    }

    // 2. A task learned from five examples
    const examples = Array.from({ length: 5 }, (_, i) => {
      const input = pictureOf(i);
      const output = { ...input, data: input.data.map((value) => 255 - value) };
      return { input, output, instruction: "make a negative of it" };
    });
    const { learnSteps } = options;
    const learned = await engine.learn(
      { name: "negative", examples, seed: 0, ...(learnSteps === undefined ? {} : { steps: learnSteps }) },
      {
        onProgress: ({ step, steps, remainingMilliseconds }) =>
          line.show(`learning: step ${step} of ${steps}, ${(remainingMilliseconds / 1000).toFixed(0)} s left`),
        ...(signal && { signal }),
      },
    );
    const learning = { steps: learned.steps, seconds: learned.milliseconds / 1000, losses: learned.losses };
    line.say(`learning: ${learning.steps} steps in ${learning.seconds.toFixed(1)} s`);
    await keep({ learning });
    await engine.close();

    // 3. Edits at once
    for (const concurrent of batchSizes) {
      for (const batched of [false, true]) {
        line.show(`${concurrent} edits, ${batched ? "batched" : "one by one"}`);
        const many = await LocalEngine.open(folder, { device, batch: batched ? concurrent : 1 });
        const settings = { concurrent, batched, rounds: 1, steps: options.fastSteps, picture, signal };
        const row = await measureEdits(many, settings).finally(() => many.close());
        line.say(
          `${concurrent} edits, ${batched ? "batched" : "one by one"}: ${row.editsPerSecond.toFixed(2)} a second`,
        );
        await keep({ batching: [...report.batching, row] });
      }
    }
  } finally {
    line.clear();
    await rm(scratch, { recursive: true, force: true });
  }
  console.log(out);
}

/** As NVIDIA's own tool names it, with driver and memory. */
async function nameOfGpu(): Promise<string | undefined> {
  const query = ["--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"];
  const { stdout } = await promisify(execFile)("nvidia-smi", query).catch(() => ({ stdout: "" }));
  return stdout.trim() || undefined;
}
