import { drawSheet, type SheetRow } from "../sheet/drawSheet.ts";
import { encodeSheet } from "../sheet/encodeSheet.ts";
import { learnTask } from "./learnTask.ts";
import type { InversionSettings } from "./Settings.ts";

/** Pairs of each task on the sheet: the first of the held-out ones, not chosen ones. */
const each = 4;

/**
 * Like the paper's Figure 12: input, what the learned task makes of it, and the exact answer, as learned from the first
 * set of ten examples (or as many as there are). Everything has been learned before.
 * @returns a PNG
 */
export async function inversionSheet(settings: InversionSettings): Promise<Uint8Array> {
  const { tasks, counts, limit, pairs, signal } = settings;
  const count = counts.includes(10) ? 10 : Math.max(...counts);
  const engine = await settings.engine();
  const rows: SheetRow[] = [];
  for (const task of tasks) {
    const { file } = await learnTask(settings, task, count, 0);
    const cells: SheetRow["cells"][number][] = [];
    for (const [seed, { source, target, instruction }] of pairs.heldOut(task, Math.min(each, limit)).entries()) {
      const request = { picture: source, instruction, task, learned: [file], seed };
      const { picture } = await engine.edit(request, { previews: false, ...(signal && { signal }) });
      cells.push({ instruction, source, ours: picture, exact: target });
    }
    rows.push({ task, cells });
  }
  return encodeSheet(drawSheet(rows, "learned"));
}
