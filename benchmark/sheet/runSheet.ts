import { extname, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { throwIfCancelled } from "../../gpu-worker/diffusion/throwIfCancelled.ts";
import type { EditEngine } from "../../gpu-worker/engine/EditEngine.ts";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import { resolveModelFolder } from "../../gpu-worker/engine/resolveModelFolder.ts";
import { readEnv } from "../../src/env.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { worldTasks } from "../../world/index.ts";
import { writeWhole } from "../files/writeWhole.ts";
import { directionOf } from "../tasks/directionOf.ts";
import { type NumberedPair, PairStore } from "../tasks/PairStore.ts";
import { drawSheet, type SheetRow } from "./drawSheet.ts";
import { encodeSheet } from "./encodeSheet.ts";

export interface SheetOptions {
  readonly out: string;
  readonly each: number;
  readonly model?: string;
}

/**
 * `emend bench sheet`: the first pairs of every task that the model knows, not chosen ones.
 * @throws EmendError
 */
export async function runSheet({ out, each, model }: SheetOptions, signal?: AbortSignal): Promise<void> {
  if (extname(out).toLowerCase() !== ".png") throw new EmendError("bad_usage", `${out}: the sheet is a .png file.`);
  const env = readEnv();
  const engine = await LocalEngine.open(resolveModelFolder(model === undefined ? env : { EMEND_MODEL: model }), {
    device: env.EMEND_DEVICE,
  });
  try {
    const bytes = await encodeSheet(drawSheet(await answer(engine, each, signal)));
    await writeWhole(resolve(out), bytes);
    console.log(`${out} (${(bytes.length / 1e6).toFixed(2)} MB)`);
  } finally {
    await engine.close();
  }
}

/** The first pairs of a task; where it has two directions, as many of the one as of the other. */
function first(pairs: Iterable<NumberedPair>, each: number): NumberedPair[] {
  const left = new Map([
    ["to map", Math.ceil(each / 2)],
    ["from map", Math.floor(each / 2)],
    [undefined, each],
  ]);
  const chosen: NumberedPair[] = [];
  for (const numbered of pairs) {
    if (chosen.length === each) break;
    const direction = directionOf(numbered.pair);
    const more = left.get(direction)!;
    if (more === 0) continue;
    left.set(direction, more - 1);
    chosen.push(numbered);
  }
  return chosen;
}

async function answer(engine: EditEngine, each: number, signal: AbortSignal | undefined): Promise<SheetRow[]> {
  const pairs = new PairStore();
  const rows: SheetRow[] = [];
  for (const task of worldTasks.filter((name) => engine.info.tasks.includes(name))) {
    const cells: SheetRow["cells"][number][] = [];
    for (const { pair, number } of first(pairs.of(task), each)) {
      await setImmediate(); // lets Ctrl-C in between two pairs
      throwIfCancelled(signal);
      const { source, target, instruction } = pair;
      const request = { picture: source, instruction, task, seed: number };
      const { picture } = await engine.edit(request, { previews: false, ...(signal && { signal }) });
      cells.push({ instruction, source, ours: picture, exact: target });
    }
    rows.push({ task, cells });
  }
  if (rows.length > 0) return rows;
  throw new EmendError("bad_model", `the model ${engine.info.model} knows none of the world's tasks.`);
}
