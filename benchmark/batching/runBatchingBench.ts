import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { throwIfCancelled } from "../../gpu-worker/diffusion/throwIfCancelled.ts";
import { engineMemorySettings } from "../../gpu-worker/engine/engineMemorySettings.ts";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { batchSizes } from "../../gpu-worker/models/batchSizes.ts";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { readEnv } from "../../src/env.ts";
import { randomPix2pix } from "../checkpoint/randomPix2pix.ts";
import { writeWhole } from "../files/writeWhole.ts";
import { describeMeasured, type Measured, writeMeasured } from "../report/Measured.ts";
import { machine } from "../report/machine.ts";
import { rounded } from "../report/statistics.ts";
import { table } from "../report/table.ts";
import { repository } from "../repository.ts";
import { progressLine } from "../tasks/progressLine.ts";
import { type EditsRow, measureEdits } from "./measureEdits.ts";

export interface BatchingBenchOptions {
  readonly case: "mini" | "sd15";
  /** The most edits at once. */
  readonly most: number;
  readonly rounds: number;
  /** Denoising steps of each edit. */
  readonly steps: number;
  readonly out?: string;
  readonly model?: string;
  readonly json?: boolean;
}

/** One evaluation of the U-Net for so many inputs. */
interface EvaluationRow {
  readonly inputs: number;
  readonly milliseconds: number;
  /** Of all threads: what other programs on the machine hardly change. */
  readonly cpuMilliseconds: number;
  readonly peakMegabytes: number;
}

interface BatchingData {
  readonly side: number;
  readonly steps: number;
  readonly rounds: number;
  readonly evaluations: readonly EvaluationRow[];
  readonly edits: readonly EditsRow[];
}

const run = promisify(execFile);

/** `emend bench batching`: edits at once with their steps in common evaluations, against one after the other. */
export async function runBatchingBench(options: BatchingBenchOptions, signal?: AbortSignal): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "emend-bench-"));
  try {
    const isRandom = options.case === "sd15" && options.model === undefined;
    const folder = isRandom
      ? join(scratch, "sd15-random")
      : resolveModelFolder(options.model === undefined ? readEnv() : { EMEND_MODEL: options.model });
    if (isRandom) {
      process.env.EMEND_HOME = join(scratch, "home"); // what the engine derives from the weights goes with them
      await randomPix2pix(folder);
    }
    await measure(folder, options, signal);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function measure(folder: string, options: BatchingBenchOptions, signal?: AbortSignal): Promise<void> {
  const { EMEND_DEVICE: device } = readEnv();
  const line = progressLine();
  const sizes = batchSizes.filter((size) => size <= options.most);
  const model = await openEditModel(folder, { device });
  const { name, device: used, resolution: side } = model;
  const hash = (await model.hash()).slice(0, 12);
  await model.close();

  // 1. One evaluation, in processes of their own
  const evaluations: EvaluationRow[] = [];
  for (const inputs of sizes) {
    throwIfCancelled(signal);
    line.show(`an evaluation for ${inputs}`);
    const script = fileURLToPath(new URL("./timeBatch.ts", import.meta.url));
    const args = [folder, inputs, used === "cpu" && options.case === "sd15" ? 2 : 20, side].map(String);
    const { stdout } = await run(process.execPath, ["--disable-warning=ExperimentalWarning", script, ...args], {
      env: { ...process.env, ...engineMemorySettings },
      ...(signal && { signal }),
    });
    evaluations.push(JSON.parse(stdout));
  }

  // 2. Whole edits
  const picture = { width: side, height: side, data: new Uint8Array(3 * side * side).map((_, i) => (i * 37) % 251) };
  const edits: EditsRow[] = [];
  for (const concurrent of sizes) {
    for (const batched of [false, true]) {
      line.show(`${concurrent} edits, ${batched ? "batched" : "one by one"}`);
      const engine = await LocalEngine.open(folder, { device, batch: batched ? concurrent : 1 });
      try {
        edits.push(await measureEdits(engine, { ...options, concurrent, batched, picture, signal }));
      } finally {
        await engine.close();
      }
    }
  }
  line.clear();

  // 3. The page
  const { steps, rounds, case: which } = options;
  const data: BatchingData = { side, steps, rounds, evaluations, edits };
  const measured: Measured = {
    command: `npx emend bench batching --case ${which} --steps ${steps} --rounds ${rounds}`,
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    model: { name, hash, device: used },
    data: rounded(data),
  };
  if (options.json) console.log(JSON.stringify(measured));
  const out = resolve(options.out ?? join(repository, "docs", "benchmarks"));
  const file = which === "mini" && used === "cpu" ? "batching" : `batching-${which}-${used}`;
  await writeMeasured(out, file, measured);
  await writeWhole(join(out, `${file}.md`), pageOf(measured, data));
  if (!options.json) console.log(join(out, `${file}.md`));
}

function pageOf(measured: Measured, { side, steps, rounds, evaluations, edits }: BatchingData): string {
  const [single] = evaluations as [EvaluationRow];
  const evaluationRows = evaluations.map(({ inputs, milliseconds, cpuMilliseconds, peakMegabytes }) => [
    ...[String(inputs), milliseconds.toFixed(1), (milliseconds / inputs).toFixed(1)],
    ...[((inputs * single.milliseconds) / milliseconds).toFixed(2)],
    ...[(cpuMilliseconds / inputs).toFixed(1), peakMegabytes.toFixed(0)],
  ]);
  const counts = [...new Set(edits.map(({ concurrent }) => concurrent))];
  const editRows = counts.map((count) => {
    const [alone, batched] = [false, true].map((way) =>
      edits.find((row) => row.concurrent === count && row.batched === way),
    ) as [EditsRow, EditsRow];
    const cells = [alone, batched].map((row) => [
      row.editsPerSecond.toFixed(3),
      row.median.toFixed(2),
      row.p95.toFixed(2),
    ]);
    return [String(count), ...cells.flat(), (batched.editsPerSecond / alone.editsPerSecond).toFixed(2)];
  });
  return `${[
    "# Step batching",
    `Made by \`npx emend bench batching\`, which also writes this page. ${describeMeasured(measured)}`,
    "## One evaluation of the U-Net",
    `Inputs of ${side} px with timesteps and conditionings of their own; each size in a process of its own. "Gain" is how much ` +
      "faster the batch is than its inputs one after the other.",
    table(["inputs", "ms", "ms per input", "gain", "CPU ms per input", "peak MB"], evaluationRows),
    "## Edits at once",
    `So many edits of ${steps} steps asked for at the same moment, ${rounds} times; latency is from then to each result. One by one, ` +
      "the last waits for all others; batched, all advance together.",
    table(
      ["edits", "one by one: edits/s", "median s", "p95 s", "batched: edits/s", "median s", "p95 s", "gain"],
      editRows,
    ),
  ].join("\n\n")}\n`;
}
