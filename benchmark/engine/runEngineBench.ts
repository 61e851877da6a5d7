import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { readEnv } from "../../src/env.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { type Pix2pixConfigs, randomPix2pix, sd15Configs } from "../checkpoint/randomPix2pix.ts";
import { writeWhole } from "../files/writeWhole.ts";
import { type Measured, readMeasured, writeMeasured } from "../report/Measured.ts";
import { machine } from "../report/machine.ts";
import { rounded } from "../report/statistics.ts";
import { repository } from "../repository.ts";
import { trainingPython } from "../tasks/ablations/trainingPython.ts";
import { progressLine } from "../tasks/progressLine.ts";
import { type EngineCase, engineCases } from "./cases.ts";
import type { EngineBench } from "./EngineBench.ts";
import { type EngineSection, engineSectionSchema } from "./EngineSection.ts";
import { measureEdit } from "./measureEdit.ts";
import { measureLearning } from "./measureLearning.ts";
import { measureUNet } from "./measureUNet.ts";
import { peers } from "./peers.ts";
import { reportEngine } from "./reportEngine.ts";

export interface EngineBenchOptions {
  readonly case: EngineCase["name"] | "all";
  /** Names of peers; all by default. */
  readonly peers?: readonly string[];
  /** Sides of the pictures that the full-size model is timed with. */
  readonly size: readonly number[];
  readonly rounds: number;
  /** Engine and peer take turns so often, of so many rounds each. */
  readonly turns: number;
  readonly python?: string;
  /** A forward and backward pass, too. */
  readonly gradient?: boolean;
  /** Whole edits, too, of so many steps. */
  readonly edit?: boolean;
  readonly steps: number;
  /** Run only so many of them, and extrapolate. */
  readonly stepsRun?: number;
  /** Steps of `emend task learn`, too. */
  readonly learn?: boolean;
  /** Only what else is asked for, not single evaluations. */
  readonly noUnet?: boolean;
  readonly out?: string;
  /** Where the random checkpoint lies while it is needed; default: the system's folder for such files. */
  readonly scratch?: string;
  readonly json?: boolean;
}

const intro = `# The engine against others

Made by \`npx emend bench engine\`, which also writes this page; the numbers alone are in
[numbers/engine.json](numbers/engine.json). Every row of a table was measured in the same run, each in a process of its own, one after
the other, on the same weights and inputs, in float32 unless it says otherwise. Single evaluations take turns, engine and peer, since a
machine's speed drifts; *ratio* is the engine's median in the turns beside a peer's by the peer's. *Cold start*: from the start of the process to the end
of its first evaluation, files in the page cache. *Own* memory: the highest number of pages that are the process's alone; *total* counts
pages of mapped files, too, such as weights, which processes share and the system may take back. *Prepared in*: what is exported, compiled
or written once, before the first start; the engine writes its convolutions' weights ([checkpoints.md](../checkpoints.md)). *Differs by*: the greatest
difference of the prediction to the engine's, relative to the greatest number in it. *Processor* time counts all cores and is what other
work on the machine changes least, but threads that wait by spinning (PyTorch's) count as working. Each run replaces the sections that it measures.`;

/**
 * `emend bench engine`: times the engine and its peers, each in its own process, and writes docs/benchmarks/engine.md.
 * @param configs of the random checkpoint; a test gives small ones
 * @throws EmendError; `cancelled` after Ctrl-C
 */
export async function runEngineBench(
  options: EngineBenchOptions,
  signal?: AbortSignal,
  configs: Pix2pixConfigs = sd15Configs,
): Promise<void> {
  const chosen = choosePeers(options.peers);
  const wanted = { unet: !options.noUnet, gradient: options.gradient, edit: options.edit, learning: options.learn };
  const python = chosen.length > 0 ? resolve(trainingPython(options.python, "the peers", "--peers none")) : "";
  const out = resolve(options.out ?? join(repository, "docs", "benchmarks"));
  const before = (await readMeasured(out, "engine", "bench engine"))?.data;
  const known = z.array(engineSectionSchema).safeParse(before).data ?? [];
  const line = progressLine();
  const scratch = await mkdtemp(join(options.scratch ?? tmpdir(), "emend-bench-"));
  const bench: EngineBench = {
    ...{ python, scratch, peers: chosen, rounds: options.rounds, turns: options.turns, steps: options.steps, signal },
    stepsRun: Math.min(options.stepsRun ?? options.steps, options.steps),
    say: line.say,
    show: line.show,
  };
  const about = { command: commandOf(options), date: new Date().toISOString().slice(0, 10), machine: machine() };
  const measured: EngineSection[] = [];
  const random = join(scratch, "checkpoint");
  let hasRandom = false;
  try {
    for (const which of engineCases(options.case, options.size, configs)) {
      if (which.name === "sd15" && !hasRandom) {
        line.show("writing random weights");
        await randomPix2pix(random, configs);
        hasRandom = true;
      }
      const folder = which.name === "mini" ? resolveModelFolder(readEnv()) : random;
      // diffusers' pipeline knows no emend checkpoint, and the bundled model's learning has its own bench.
      const kinds = (["unet", "gradient", "edit", "learning"] as const).filter(
        (kind) => wanted[kind] && (which.name === "sd15" || kind === "unet" || kind === "gradient"),
      );
      for (const kind of kinds) {
        const found = await measure(kind, bench, which, folder);
        const { name, size, description } = which;
        const section = { kind, case: name, size, description, ...about, ...found };
        measured.push(section);
        await publish(out, [...known, ...measured], about);
        line.clear();
        if (!options.json) console.log(`${reportEngine([section])}\n`);
      }
    }
  } finally {
    line.clear();
    await rm(scratch, { recursive: true, force: true });
  }
  console.log(options.json ? JSON.stringify(rounded(measured, 6)) : join(out, "engine.md"));
}

/** Writes numbers and page, of each section what was measured last. */
async function publish(
  out: string,
  sections: readonly EngineSection[],
  about: Pick<Measured, "command" | "date" | "machine">,
): Promise<void> {
  const latest = new Map(sections.map((section) => [`${section.kind} ${section.case} ${section.size}`, section]));
  const data = rounded([...latest.values()], 6);
  await writeMeasured(out, "engine", { ...about, data });
  await writeWhole(join(out, "engine.md"), `${[intro, reportEngine(data)].join("\n\n")}\n`);
}

function measure(kind: EngineSection["kind"], bench: EngineBench, which: EngineCase, folder: string) {
  if (kind === "edit") return measureEdit(bench, which.size, folder);
  if (kind === "learning") return measureLearning(bench, which.size, folder);
  return measureUNet(bench, which, folder, kind);
}

function choosePeers(names: readonly string[] | undefined) {
  if (names === undefined) return peers;
  if (names.length === 1 && names[0] === "none") return [];
  const all = peers.map(({ name }) => name);
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    throw new EmendError("bad_usage", `--peers knows ${all.join(", ")} and none, not "${unknown}"`);
  }
  return peers.filter(({ name }) => names.includes(name));
}

/** The command that measures the same again. */
function commandOf(options: EngineBenchOptions): string {
  const { peers, size, rounds, turns, gradient, edit, learn, noUnet, steps, stepsRun } = options;
  const flags = [
    `--case ${options.case}`,
    ...(peers ? [`--peers ${peers.join(",")}`] : []),
    ...(options.case === "mini" ? [] : [`--size ${size.join(",")}`]),
    `--rounds ${rounds}`,
    ...(noUnet && !gradient ? [] : [`--turns ${turns}`]),
    ...(gradient ? ["--gradient"] : []),
    ...(edit ? [`--edit --steps ${steps}${stepsRun === undefined ? "" : ` --steps-run ${stepsRun}`}`] : []),
    ...(learn ? ["--learn"] : []),
    ...(noUnet ? ["--no-unet"] : []),
  ];
  return `npx emend bench engine ${flags.join(" ")}`;
}
