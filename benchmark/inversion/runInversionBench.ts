import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { checkpointHash } from "../../gpu-worker/checkpoint/checkpointHash.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { readEnv } from "../../src/env.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { type UnseenTaskName, unseenTaskNames } from "../../world/index.ts";
import { asInterrupted } from "../files/asInterrupted.ts";
import { JsonLines } from "../files/JsonLines.ts";
import { writeWhole } from "../files/writeWhole.ts";
import { type Measured, readMeasured, writeMeasured } from "../report/Measured.ts";
import { machine } from "../report/machine.ts";
import { rounded } from "../report/statistics.ts";
import { repository } from "../repository.ts";
import { progressLine } from "../tasks/progressLine.ts";
import type { InversionData } from "./InversionData.ts";
import { type InversionEngine, openInversionEngine } from "./InversionEngine.ts";
import { inversionSheet } from "./inversionSheet.ts";
import { measureFrozen } from "./measureFrozen.ts";
import { measureInversion } from "./measureInversion.ts";
import { measurePeers } from "./measurePeers.ts";
import { type MethodName, methodNames } from "./methods.ts";
import { type Row, rowSchema } from "./Row.ts";
import { reportInversion } from "./reportInversion.ts";
import type { InversionSettings } from "./Settings.ts";
import { examplesPerSet, UnseenPairs } from "./UnseenPairs.ts";
import { verdicts } from "./verdicts.ts";
import { writeInversionPage } from "./writeInversionPage.ts";

export interface InversionBenchOptions {
  /** Methods to measure; all when absent. */
  readonly only?: readonly string[];
  readonly tasks?: readonly string[];
  readonly counts: readonly number[];
  readonly seeds: number;
  /** Of these sets, how many fine-tuning and training from scratch are given; all when absent. */
  readonly peerSeeds?: number;
  /** Held-out pairs of each task. */
  readonly limit: number;
  readonly samples: number;
  /** That fine-tuning and training from scratch see. */
  readonly pictures?: number;
  readonly vectors: number;
  readonly out?: string;
  readonly work?: string;
  readonly model?: string;
  readonly python?: string;
  readonly json?: boolean;
}

const measures: Readonly<Record<MethodName, (settings: InversionSettings) => Promise<Row[]>>> = {
  frozen: measureFrozen,
  inversion: measureInversion,
  finetune: (settings) => measurePeers("finetune", settings),
  scratch: (settings) => measurePeers("scratch", settings),
  expert: (settings) => measurePeers("expert", settings),
};

/**
 * `emend bench inversion`: measures the methods one after the other and writes docs/benchmarks/inversion.md after each.
 * @param openEngine what a test puts in the place of the real one
 * @throws EmendError; `cancelled` after Ctrl-C
 */
export async function runInversionBench(
  options: InversionBenchOptions,
  signal?: AbortSignal,
  openEngine: (folder: string) => Promise<InversionEngine> = openInversionEngine,
): Promise<void> {
  const methods = chosen(methodNames, options.only, "method");
  const tasks = chosen(unseenTaskNames, options.tasks, "unseen task");
  const counts = [...new Set(options.counts)].sort((a, b) => a - b);
  if (counts.some((count) => count > examplesPerSet)) {
    throw new EmendError("bad_usage", `--counts are from 1 to ${examplesPerSet}.`);
  }
  const out = resolve(options.out ?? join(repository, "docs", "benchmarks"));
  const work = resolve(options.work ?? join(repository, "runs", "bench-inversion"));
  const model = resolveModelFolder(options.model === undefined ? readEnv() : { EMEND_MODEL: options.model });
  if (!(await stat(model).catch(() => undefined))?.isDirectory()) {
    throw new EmendError("bad_model", `${model}: there is no such checkpoint folder`);
  }
  const hash = (await checkpointHash(model)).slice(0, 12);

  let opened: Promise<InversionEngine> | undefined;
  const engine = () => (opened ??= openEngine(model));
  const line = progressLine();
  const { seeds, peerSeeds = seeds, limit, samples, vectors, json } = options;
  if (peerSeeds > seeds) throw new EmendError("bad_usage", `--peer-seeds are at most --seeds, ${seeds}.`);
  const settings: InversionSettings = {
    ...{ tasks, counts, seeds, peerSeeds, limit, samples, vectors, engine, model, work, signal },
    pairs: new UnseenPairs(),
    modelWork: join(work, hash),
    say: (text) => line.say(text),
    show: (text) => line.show(text),
    ...(options.python !== undefined && { python: options.python }),
    ...(options.pictures !== undefined && { pictures: options.pictures }),
  };

  let missing: EmendError | undefined;
  let measured: Measured | undefined;
  try {
    await restore(out, settings, hash);
    let rows = await others(out, settings, methods, hash);
    for (const method of methods) {
      let own: Row[];
      try {
        own = await measures[method](settings);
      } catch (error) {
        // What one method lacks does not keep the others from being measured.
        if (!(error instanceof EmendError && error.code === "not_found") || methods.length === 1) throw error;
        missing ??= error;
        line.say(`emend: ${method} is left out: ${error.message}`);
        continue;
      }
      rows = [...rows, ...own];
      const { info } = await engine();
      const data = rounded({ tasks, counts, seeds, limit, samples, vectors, rows } satisfies InversionData);
      measured = {
        ...{ command: commandOf(options), date: new Date().toISOString().slice(0, 10), machine: machine() },
        model: { name: info.model, hash, device: info.device },
        data,
      };
      await writeMeasured(out, "inversion", measured);
      if (method === "inversion") await writeWhole(join(out, "inversion.png"), await inversionSheet(settings));
      await writeInversionPage(out, measured);
      if (!json) line.say(`${method}: ${own.length} scores`);
    }
    const data = measured?.data as InversionData | undefined;
    if (data && json) console.log(JSON.stringify({ ...data, verdicts: verdicts(data) }));
    else if (data) console.log(`${reportInversion(data).summary}\n${join(out, "inversion.md")}`);
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

/** All names when none are asked for. @throws EmendError `bad_usage` */
function chosen<Name extends string>(all: readonly Name[], asked: readonly string[] | undefined, what: string): Name[] {
  for (const name of asked ?? []) {
    if (all.some((each) => each === name)) continue;
    throw new EmendError("bad_usage", `there is no ${what} "${name}"; there are ${all.join(", ")}.`);
  }
  return all.filter((name) => !asked || asked.includes(name));
}

/**
 * Puts the rows of the published numbers into a work folder that lacks them, so that a run on another machine goes on
 * from there. Each method takes a row only if it belongs to the pairs and weights of now.
 */
async function restore(out: string, { work, modelWork }: InversionSettings, hash: string): Promise<void> {
  const before = await readMeasured(out, "inversion", "emend bench inversion");
  const same = before?.model?.hash === hash;
  // Frozen scores are kept pair by pair, and quickly had.
  const fileOf: Readonly<Record<MethodName, string | undefined>> = {
    frozen: undefined,
    inversion: same ? join(modelWork, "inversion.jsonl") : undefined,
    finetune: same ? join(modelWork, "few-shot.jsonl") : undefined,
    scratch: join(work, "few-shot.jsonl"),
    expert: join(work, "few-shot.jsonl"),
  };
  const keyOf = ({ method, task, count, seed, vectors = 0, print }: Row) =>
    `${method} ${task} ${count} ${seed} ${vectors} ${print}`;
  for (const each of (before?.data as InversionData | undefined)?.rows ?? []) {
    const { data: row } = rowSchema.safeParse(each);
    const path = row && fileOf[row.method];
    if (!row || !path) continue;
    const file = new JsonLines<Row>(path);
    if ((await file.read()).every((known) => keyOf(known) !== keyOf(row))) await file.append(row);
  }
}

/** What an earlier run found out about the methods that this one leaves out, if it is about the same. */
async function others(
  out: string,
  { tasks, counts, seeds, limit, samples, vectors }: InversionSettings,
  methods: readonly MethodName[],
  hash: string,
): Promise<Row[]> {
  const before = await readMeasured(out, "inversion", "emend bench inversion");
  const data = before?.data as InversionData | undefined;
  if (!data || before?.model?.hash !== hash || data.limit !== limit) return [];
  return data.rows.flatMap((each) => {
    const { data: row } = rowSchema.safeParse(each);
    if (!row || methods.includes(row.method) || !tasks.includes(row.task as UnseenTaskName) || row.seed >= seeds)
      return [];
    if (row.method === "inversion" && row.vectors !== vectors) return [];
    return row.method === "expert" ? (row.count === samples ? [row] : []) : counts.includes(row.count) ? [row] : [];
  });
}

/** The command with the flags that change its numbers, and no others. */
function commandOf(options: InversionBenchOptions): string {
  const { tasks, counts, seeds, peerSeeds, limit, samples, pictures, vectors } = options;
  const parts = [
    `npx emend bench inversion --counts ${counts.join(",")} --seeds ${seeds} --limit ${limit} --samples ${samples}`,
  ];
  if (peerSeeds !== undefined) parts.push(`--peer-seeds ${peerSeeds}`);
  if (pictures !== undefined) parts.push(`--pictures ${pictures}`);
  if (vectors !== 1) parts.push(`--vectors ${vectors}`);
  if (tasks) parts.push(`--tasks ${tasks.join(",")}`);
  return parts.join(" ");
}
