import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { checkpointHash } from "../../gpu-worker/checkpoint/checkpointHash.ts";
import type { EditEngine } from "../../gpu-worker/engine/EditEngine.ts";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { readEnv } from "../../src/env.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { asInterrupted } from "../files/asInterrupted.ts";
import { writeMeasured } from "../report/Measured.ts";
import { machine } from "../report/machine.ts";
import { rounded } from "../report/statistics.ts";
import { repository } from "../repository.ts";
import { Bench } from "../tasks/Bench.ts";
import { progressLine } from "../tasks/progressLine.ts";
import { measureQuality } from "./measureQuality.ts";
import { measureSpeed, type SpeedOptions } from "./measureSpeed.ts";
import { numbers, writePage } from "./page.ts";
import { verdictOf } from "./reportQuality.ts";

export interface ProfilesBenchOptions {
  /** Quality on the bundled model, time of a full-size checkpoint, or both. */
  readonly case: "mini" | "sd15" | "all";
  /** Pairs per task. */
  readonly limit: number;
  /** Edits by each profile. */
  readonly rounds: number;
  /** Steps that diffusers runs. */
  readonly timed: number;
  /** Of the full-size edits, in pixels. */
  readonly resolution: number;
  readonly out?: string;
  readonly work?: string;
  readonly model?: string;
  readonly python?: string;
  readonly json?: boolean;
}

/** What a test puts others in the place of. */
export interface ProfilesBenchTools {
  readonly openEngine: (folder: string) => Promise<EditEngine>;
  /** Of the full-size checkpoint. */
  readonly configs?: SpeedOptions["configs"];
}

const openEngine = (folder: string) => LocalEngine.open(folder, { device: readEnv().EMEND_DEVICE });

/**
 * `emend bench profiles`: what the fast profile costs in quality and saves in time; writes docs/benchmarks/profiles.md.
 * @throws EmendError; `cancelled` after Ctrl-C
 */
export async function runProfilesBench(
  options: ProfilesBenchOptions,
  signal?: AbortSignal,
  tools: ProfilesBenchTools = { openEngine },
): Promise<void> {
  const out = resolve(options.out ?? join(repository, "docs", "benchmarks"));
  const wants = (which: "mini" | "sd15") => options.case === "all" || options.case === which;
  const results: Record<string, unknown> = {};
  try {
    if (wants("mini")) results.mini = await quality(options, out, tools, signal);
    if (wants("sd15")) results.sd15 = await speed(options, out, tools, signal);
  } catch (error) {
    throw asInterrupted(error);
  }
  console.log(options.json ? JSON.stringify(results) : join(out, "profiles.md"));
}

async function quality(
  options: ProfilesBenchOptions,
  out: string,
  tools: ProfilesBenchTools,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { limit, json } = options;
  const work = resolve(options.work ?? join(repository, "runs", "bench-profiles"));
  const folder = resolveModelFolder(options.model === undefined ? readEnv() : { EMEND_MODEL: options.model });
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new EmendError("bad_model", `${folder}: there is no such checkpoint folder`);
  }
  const hash = (await checkpointHash(folder)).slice(0, 12);
  let opened: Promise<EditEngine> | undefined;
  const engine = () => (opened ??= tools.openEngine(folder));
  const line = progressLine();
  const bench = new Bench({
    ...{ engine, work: join(work, hash) },
    ...(signal && { signal }),
    onPair: (condition, done) => line.show(`${condition}: ${done} pairs`),
  });
  try {
    const data = rounded(await measureQuality(bench, limit));
    const { info } = await engine();
    const measured = {
      command: `npx emend bench profiles --case mini --limit ${limit}`,
      ...{ date: new Date().toISOString().slice(0, 10), machine: machine() },
      model: { name: info.model, hash, device: info.device },
      data,
    };
    await writeMeasured(out, numbers.mini, measured);
    await writePage(out);
    line.clear();
    if (!json)
      for (const { textGuidance, rows } of data.tables) console.log(`guidance ${textGuidance}: ${verdictOf(rows)}`);
    return data;
  } finally {
    line.clear();
    // An engine that could not be opened has been reported already.
    await opened?.then(
      (each) => each.close(),
      () => {},
    );
  }
}

async function speed(
  options: ProfilesBenchOptions,
  out: string,
  { configs }: ProfilesBenchTools,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { resolution, rounds, timed, python, json } = options;
  const data = rounded(
    await measureSpeed({
      ...{ resolution, rounds, timed },
      ...(python !== undefined && { python }),
      ...(configs && { configs }),
      ...(signal && { signal }),
    }),
    3,
  );
  const measured = {
    command: `npx emend bench profiles --case sd15 --resolution ${resolution} --rounds ${rounds} --timed ${timed}`,
    ...{ date: new Date().toISOString().slice(0, 10), machine: machine(), data },
  };
  await writeMeasured(out, numbers.sd15, measured);
  await writePage(out);
  const { diffusers, exact, fast, fastTiny } = data;
  const seconds = [diffusers, exact, fast, fastTiny].map((each) => each.seconds.toFixed(1));
  if (!json)
    console.log(
      `${resolution} px: diffusers ${seconds[0]} s, exact ${seconds[1]} s, fast ${seconds[2]} s, by TAESD ${seconds[3]} s`,
    );
  return data;
}
