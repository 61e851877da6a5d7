import { join } from "node:path";
import { JsonLines } from "../files/JsonLines.ts";
import { howLearned } from "./howLearned.ts";
import { learnTask } from "./learnTask.ts";
import { meanScores } from "./meanScores.ts";
import type { Row } from "./Row.ts";
import type { InversionSettings } from "./Settings.ts";
import { scorePairs } from "./scorePairs.ts";

/** (b) Task inversion: learned by the engine, then asked for by name. */
export async function measureInversion(settings: InversionSettings): Promise<Row[]> {
  const { tasks, counts, seeds, limit, vectors, pairs, say, signal } = settings;
  const file = new JsonLines<Row>(join(settings.modelWork, "inversion.jsonl"));
  const keyOf = ({ task, count, seed, vectors: own, print }: Row) => `${task} ${count} ${seed} ${own} ${print}`;
  const known = new Map((await file.read()).map((row) => [keyOf(row), row]));
  const rows: Row[] = [];
  // The first set of every task is there before the second is begun.
  for (let seed = 0; seed < seeds; seed++) {
    for (const task of tasks) {
      for (const count of counts) {
        const heldOut = pairs.heldOut(task, limit);
        const print = `${pairs.print(pairs.examples(task, seed, count), heldOut)}-${howLearned}`;
        let row = known.get(`${task} ${count} ${seed} ${vectors} ${print}`);
        if (!row) {
          const start = performance.now();
          const learned = await learnTask(settings, task, count, seed);
          const engine = await settings.engine();
          const scores = await scorePairs(engine, heldOut, { task, learned: [learned.file] }, signal);
          row = {
            ...{ method: "inversion", task, count, seed, print, heldOut: heldOut.length },
            ...meanScores(scores),
            ...{ steps: learned.steps, vectors, seconds: (performance.now() - start) / 1000 },
            ...(learned.seconds !== undefined && { learnSeconds: learned.seconds }),
          };
          await file.append(row);
          say(`inversion ${task} ${count} seed ${seed}: edit ${row.edit.toFixed(3)}, ${row.seconds?.toFixed(0)} s`);
        }
        rows.push(row);
      }
    }
  }
  return rows;
}
