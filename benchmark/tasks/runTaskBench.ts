import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { checkpointHash } from "../../gpu-worker/checkpoint/checkpointHash.ts";
import type { EditEngine } from "../../gpu-worker/engine/EditEngine.ts";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { resolvePredictorFolder } from "../../gpu-worker/engine/resolvePredictorFolder.ts";
import { readEnv } from "../../src/env.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { asInterrupted } from "../files/asInterrupted.ts";
import { folderPrint } from "../files/folderPrint.ts";
import { writeMeasured } from "../report/Measured.ts";
import { machine } from "../report/machine.ts";
import { rounded } from "../report/statistics.ts";
import { repository } from "../repository.ts";
import { Bench } from "./Bench.ts";
import { writePage } from "./page.ts";
import { progressLine } from "./progressLine.ts";
import type { SectionSettings } from "./Section.ts";
import { sectionNames, sections } from "./sections/index.ts";

export interface TaskBenchOptions {
  /** Sections to measure; all when both are absent. */
  readonly only?: readonly string[];
  /** Sections to measure anew; without `only`, these alone. */
  readonly redo?: readonly string[];
  readonly limit?: number;
  readonly work?: string;
  readonly out?: string;
  readonly model?: string;
  readonly python?: string;
  readonly training?: string;
  readonly seeds: number;
  readonly samples: number;
  readonly json?: boolean;
}

/** What a test puts in the place of the real engine. */
export type OpenEngine = (folder: string) => Promise<EditEngine>;

const open: OpenEngine = (folder) => {
  const env = readEnv();
  return LocalEngine.open(folder, { device: env.EMEND_DEVICE, predictor: resolvePredictorFolder(env) });
};

/**
 * `emend bench tasks`: measures sections one after the other and writes docs/benchmarks after each.
 * @throws EmendError; `cancelled` after Ctrl-C
 */
export async function runTaskBench(
  options: TaskBenchOptions,
  signal?: AbortSignal,
  openEngine: OpenEngine = open,
): Promise<void> {
  const { redo = [], json } = options;
  for (const name of [...(options.only ?? []), ...redo]) {
    if (sectionNames.includes(name)) continue;
    throw new EmendError("bad_usage", `there is no section "${name}"; the sections are ${sectionNames.join(", ")}.`);
  }
  const named = [...(options.only ?? []), ...redo];
  const chosen = sections.filter(({ name }) => named.length === 0 || named.includes(name));
  const out = resolve(options.out ?? join(repository, "docs", "benchmarks"));
  const work = resolve(options.work ?? join(repository, "runs", "bench-tasks"));
  const folder = resolveModelFolder(options.model === undefined ? readEnv() : { EMEND_MODEL: options.model });
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new EmendError("bad_model", `${folder}: there is no such checkpoint folder`);
  }
  const hash = (await checkpointHash(folder)).slice(0, 12);
  const predictor = await folderPrint(resolvePredictorFolder(readEnv()));

  let opened: Promise<EditEngine> | undefined;
  const engine = () => (opened ??= openEngine(folder));
  const line = progressLine();
  const say = (text: string) => line.say(text);
  const bench = new Bench({
    engine,
    work: join(work, hash),
    predictor,
    ...(options.limit !== undefined && { limit: options.limit }),
    ...(signal && { signal }),
    onPair: (condition, done) => line.show(`${condition}: ${done} pairs`),
  });
  const settings: SectionSettings = {
    ...{ work, seeds: options.seeds, samples: options.samples, say },
    ...(options.python !== undefined && { python: options.python }),
    training: options.training ?? join(repository, "docs", "benchmarks", "training.jsonl"),
  };

  const results: Record<string, unknown> = {};
  let missing: EmendError | undefined;
  try {
    for (const { name, ofModel, measure, report } of chosen) {
      bench.redo = redo.includes(name);
      let data: unknown;
      try {
        data = rounded(await measure(bench, settings));
      } catch (error) {
        // What one section lacks does not keep the others from being measured.
        if (!(error instanceof EmendError && error.code === "not_found") || chosen.length === 1) throw error;
        missing ??= error;
        say(`emend: ${name} is left out: ${error.message}`);
        continue;
      }
      const date = new Date().toISOString().slice(0, 10);
      const { info } = ofModel ? await engine() : {};
      await writeMeasured(out, name, {
        ...{ command: commandOf(name, options), date, machine: machine() },
        ...(info && { model: { name: info.model, hash, device: info.device } }),
        data,
      });
      await writePage(out);
      results[name] = data;
      if (!json) console.log(`${name}: ${report(data).summary}`);
    }
    if (json) console.log(JSON.stringify(results));
    else console.log(join(out, "README.md"));
  } catch (error) {
    throw asInterrupted(error);
  } finally {
    line.clear();
    // An engine that could not be opened has been reported already.
    await opened?.then(
      (each) => each.close(),
      () => {},
    );
  }
  if (missing) throw missing;
}

/** The command that measures a section alone, with the flags that change its numbers. */
function commandOf(name: string, { limit, seeds, samples }: TaskBenchOptions): string {
  const parts = [`npx emend bench tasks --only ${name}`];
  if (limit !== undefined) parts.push(`--limit ${limit}`);
  if (name === "ablations") parts.push(`--samples ${samples} --seeds ${seeds}`);
  return parts.join(" ");
}
