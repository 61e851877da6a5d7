import { join, resolve } from "node:path";
import { throwIfCancelled } from "../../gpu-worker/diffusion/throwIfCancelled.ts";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { defaultSteps, learnDefaults } from "../../gpu-worker/tasks/inversion/LearnSettings.ts";
import { learnTask } from "../../gpu-worker/tasks/inversion/learnTask.ts";
import { readEnv } from "../../src/env.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { type UnseenTaskName, unseenTaskNames } from "../../world/index.ts";
import { asInterrupted } from "../files/asInterrupted.ts";
import { JsonLines } from "../files/JsonLines.ts";
import { writeWhole } from "../files/writeWhole.ts";
import { meanScores } from "../inversion/meanScores.ts";
import { scorePairs } from "../inversion/scorePairs.ts";
import { UnseenPairs } from "../inversion/UnseenPairs.ts";
import { describeMeasured, type Measured, writeMeasured } from "../report/Measured.ts";
import { machine } from "../report/machine.ts";
import { mean, rounded } from "../report/statistics.ts";
import { table } from "../report/table.ts";
import { repository } from "../repository.ts";
import { progressLine } from "../tasks/progressLine.ts";
import { trials } from "./trials.ts";

export interface LearningBenchOptions {
  readonly tasks: readonly string[];
  /** Examples of each task. */
  readonly count: number;
  /** Held-out pairs of each task. */
  readonly limit: number;
  readonly out?: string;
  readonly work?: string;
  readonly model?: string;
  readonly json?: boolean;
}

interface Row {
  readonly trial: string;
  readonly task: string;
  readonly count: number;
  readonly limit: number;
  /** Changes with what is varied, and with the defaults. */
  readonly how: string;
  readonly edit: number;
  readonly keep: number;
  readonly steps: number;
  readonly seconds: number;
}

/**
 * `emend bench learning`: learns unseen tasks in each of the ways of trials.ts and writes docs/benchmarks/learning.md.
 * Keeps every score as soon as it is there.
 * @throws EmendError; `cancelled` after Ctrl-C
 */
export async function runLearningBench(options: LearningBenchOptions, signal?: AbortSignal): Promise<void> {
  const { tasks, count, limit } = options;
  for (const name of tasks) {
    if (unseenTaskNames.some((each) => each === name)) continue;
    throw new EmendError("bad_usage", `there is no unseen task "${name}"; there are ${unseenTaskNames.join(", ")}.`);
  }
  const folder = resolveModelFolder(options.model === undefined ? readEnv() : { EMEND_MODEL: options.model });
  const { EMEND_DEVICE: device } = readEnv();
  const model = await openEditModel(folder, { device });
  const engine = await LocalEngine.open(folder, { device });
  const hash = (await model.hash()).slice(0, 12);
  const work = resolve(options.work ?? join(repository, "runs", "bench-learning"), hash);
  const file = new JsonLines<Row>(join(work, "learning.jsonl"));
  const pairs = new UnseenPairs();
  const line = progressLine();
  const known = await file.read();
  const rows: Row[] = [];
  try {
    for (const { name, settings, steps, vectors } of trials) {
      for (const task of tasks as UnseenTaskName[]) {
        const examples = pairs.examples(task, 0, count);
        const heldOut = pairs.heldOut(task, limit);
        const print = pairs.print(examples, heldOut);
        const how = JSON.stringify([{ ...learnDefaults, ...settings }, steps ?? defaultSteps, vectors ?? 1, print]);
        const there = known.find((row) => row.trial === name && row.task === task && row.how === how);
        if (there) {
          rows.push(there);
          continue;
        }
        throwIfCancelled(signal);
        line.show(`${name}: ${task}`);
        const result = await learnTask(
          model,
          {
            name: task,
            examples: examples.map(({ source, target, instruction }) => ({
              ...{ input: source, output: target, instruction },
            })),
            seed: 0,
            ...(steps === undefined ? {} : { steps }),
            ...(vectors === undefined ? {} : { vectors }),
          },
          { ...(signal && { signal }) },
          settings,
        );
        const { edit, keep } = meanScores(await scorePairs(engine, heldOut, { task, learned: [result.file] }, signal));
        const row: Row = {
          ...{ trial: name, task, count, limit, how, edit, keep },
          ...{ steps: result.steps, seconds: result.milliseconds / 1000 },
        };
        await file.append(row);
        line.say(`${name}, ${task}: edit ${edit.toFixed(3)}, ${row.seconds.toFixed(0)} s`);
        rows.push(row);
      }
    }
  } catch (error) {
    throw asInterrupted(error);
  } finally {
    line.clear();
    await engine.close();
    await model.close();
  }
  const measured: Measured = {
    command: `npx emend bench learning --tasks ${tasks.join(",")} --count ${count} --limit ${limit}`,
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    model: { name: model.name, hash, device: model.device },
    data: rounded({ tasks, count, limit, defaults: { ...learnDefaults, steps: defaultSteps }, rows }),
  };
  const out = resolve(options.out ?? join(repository, "docs", "benchmarks"));
  await writeMeasured(out, "learning", measured);
  const page = join(out, "learning.md");
  await writeWhole(page, pageOf(measured, rows, options));
  console.log(options.json ? JSON.stringify(measured.data) : page);
}

function pageOf(measured: Measured, rows: readonly Row[], { tasks, count, limit }: LearningBenchOptions): string {
  const cells = trials.map(({ name }) => {
    const own = rows.filter(({ trial }) => trial === name);
    const of = (key: "edit" | "keep" | "steps" | "seconds") => mean(own.map((row) => row[key]));
    return [
      ...[name, ...own.map(({ edit }) => edit.toFixed(3)), `**${of("edit").toFixed(3)}**`, of("keep").toFixed(4)],
      ...[of("steps").toFixed(0), of("seconds").toFixed(0)],
    ];
  });
  return `${[
    "# How to learn: one thing varied at a time",
    `Made by \`npx emend bench learning\`, which also writes this page. ${describeMeasured(measured)}`,
    `Edit score on ${limit} held-out pairs of each task after learning it from ${count} examples; one seed, so differences of a ` +
      `few hundredths mean little. The defaults: ${defaultSteps} steps, \`${JSON.stringify(learnDefaults)}\`.`,
    table(["learned with", ...tasks, "mean edit", "mean keep", "steps", "s"], cells),
  ].join("\n\n")}\n`;
}
