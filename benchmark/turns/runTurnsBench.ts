import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { checkpointHash } from "../../gpu-worker/checkpoint/checkpointHash.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { readEnv } from "../../src/env.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { asInterrupted } from "../files/asInterrupted.ts";
import { JsonLines } from "../files/JsonLines.ts";
import { writeWhole } from "../files/writeWhole.ts";
import { drawPlot } from "../report/drawPlot.ts";
import { describeMeasured, type Measured, writeMeasured } from "../report/Measured.ts";
import { machine } from "../report/machine.ts";
import { rounded } from "../report/statistics.ts";
import { repository } from "../repository.ts";
import { progressLine } from "../tasks/progressLine.ts";
import { meanRows } from "./meanRows.ts";
import { measureScene } from "./measureScene.ts";
import { measureTouched } from "./measureTouched.ts";
import { paperAlpha } from "./paperAlpha.ts";
import { reportTurns } from "./reportTurns.ts";
import type { SceneRow } from "./SceneRow.ts";
import { summarise } from "./summarise.ts";
import { openTurnModel, type TurnModel } from "./TurnModel.ts";
import type { TurnsData } from "./TurnsData.ts";
import { type CompositionTime, timeComposition } from "./timeComposition.ts";
import { turnsPlot } from "./turnsPlot.ts";

export interface TurnsBenchOptions {
  readonly scenes: number;
  readonly turns: number;
  readonly alphas: readonly number[];
  /** Side of the pictures, pixels. */
  readonly size: number;
  readonly out?: string;
  readonly work?: string;
  readonly model?: string;
  readonly json?: boolean;
}

export interface TurnsBenchTools {
  openModel(folder: string): Promise<TurnModel>;
  time(): Promise<CompositionTime[]>;
}

/** Change it when what is measured, or how edits are composed, changes: rows of before are then measured anew. */
const version = 2;

const intro = `# Turns in a row

Made by \`npx emend bench turns\`, which also writes this page; the numbers alone are in
[numbers/turns.json](numbers/turns.json). The command keeps what it has and goes on where it was interrupted; \`--scenes\`
and \`--turns\` make it smaller. How edits are composed: [docs/composition.md](../composition.md).`;

/**
 * `emend bench turns`: follows instructions one after the other with several thresholds, compares low-pass filters and
 * compositions, and writes docs/benchmarks/turns.md.
 * @param tools what a test puts others in the place of
 * @throws EmendError; `cancelled` after Ctrl-C
 */
export async function runTurnsBench(
  options: TurnsBenchOptions,
  signal?: AbortSignal,
  { openModel, time }: TurnsBenchTools = { openModel: openTurnModel, time: timeComposition },
): Promise<void> {
  const { turns, size, json } = options;
  const alphas = [...new Set(options.alphas)].sort((a, b) => a - b);
  const out = resolve(options.out ?? join(repository, "docs", "benchmarks"));
  const work = resolve(options.work ?? join(repository, "runs", "bench-turns"));
  const folder = resolveModelFolder(options.model === undefined ? readEnv() : { EMEND_MODEL: options.model });
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new EmendError("bad_model", `${folder}: there is no such checkpoint folder`);
  }
  const hash = (await checkpointHash(folder)).slice(0, 12);
  const print = [version, turns, size, paperAlpha, ...alphas].join(" ");
  const lines = new JsonLines<SceneRow>(join(work, hash, "scenes.jsonl"));
  const line = progressLine();
  const model = await openModel(folder);
  try {
    const known = new Map((await lines.read()).filter((row) => row.print === print).map((row) => [row.scene, row]));
    const rows: SceneRow[] = [];
    for (let scene = 0; scene < options.scenes; scene++) {
      line.show(`scene ${scene + 1} of ${options.scenes}`);
      let row = known.get(scene);
      if (!row) {
        const settings = { turns, alphas, size, composedAt: paperAlpha, model, signal };
        row = rounded({ ...(await measureScene(scene, settings)), print }, 5);
        await lines.append(row);
      }
      rows.push(row);
    }
    const data: TurnsData = {
      ...{ scenes: rows.length, turns, size, composedAt: paperAlpha },
      summary: summarise(rows, alphas),
      ...meanRows(rows, alphas),
      touched: measureTouched([...new Set([...alphas, paperAlpha])]),
      times: await time(),
    };
    const measured: Measured = {
      command: `npx emend bench turns --scenes ${options.scenes} --turns ${turns} --size ${size} --alphas ${alphas.join(",")}`,
      ...{ date: new Date().toISOString().slice(0, 10), machine: machine() },
      model: { name: model.name, hash, device: model.device },
      data: rounded(data, 5),
    };
    await writeMeasured(out, "turns", measured);
    await writeWhole(join(out, "turns.svg"), await drawPlot(turnsPlot(data)));
    await writeWhole(join(out, "turns.md"), `${[intro, describeMeasured(measured), reportTurns(data)].join("\n\n")}\n`);
    line.clear();
    if (json) console.log(JSON.stringify({ ...measured, data: rounded({ summary: data.summary, times: data.times }) }));
    else console.log(join(out, "turns.md"));
  } catch (error) {
    throw asInterrupted(error);
  } finally {
    line.clear();
    await model.close();
  }
}
