import { join } from "node:path";
import { JsonLines } from "../files/JsonLines.ts";
import { mean } from "../report/statistics.ts";
import { meanScores } from "./meanScores.ts";
import type { Row } from "./Row.ts";
import type { InversionSettings } from "./Settings.ts";
import { scorePairs, type UnseenScore } from "./scorePairs.ts";
import type { UnseenPair } from "./UnseenPairs.ts";

/** Scores of one list of pairs, edited as one known task. */
interface Line {
  readonly known: string;
  readonly print: string;
  readonly scores: readonly UnseenScore[];
}

/** More examples than this are not tried as every known task: the best of them is clear long before. */
const tryOut = 10;

/** (a) The model as it is, told the one of its tasks that does best on the examples. */
export async function measureFrozen(settings: InversionSettings): Promise<Row[]> {
  const { tasks, counts, seeds, limit, pairs, show, signal } = settings;
  const file = new JsonLines<Line>(join(settings.modelWork, "frozen.jsonl"));
  const lines = new Map((await file.read()).map((line) => [`${line.known} ${line.print}`, line]));
  const engine = await settings.engine();
  // A checkpoint without a task table takes any instruction as it is.
  const known = engine.info.tasks.length > 0 ? engine.info.tasks : ["auto"];

  const edited = async (list: UnseenPair[], task: string): Promise<Line> => {
    const print = pairs.print(list);
    const there = lines.get(`${task} ${print}`);
    if (there) return there;
    const scores = await scorePairs(engine, list, { task }, signal);
    const line = { known: task, print, scores };
    lines.set(`${task} ${print}`, line);
    await file.append(line);
    return line;
  };

  const rows: Row[] = [];
  for (const task of tasks) {
    const heldOut = pairs.heldOut(task, limit);
    for (let seed = 0; seed < seeds; seed++) {
      const examples = pairs.examples(task, seed, Math.max(...counts));
      const tryable = examples.slice(0, tryOut);
      const tried: Line[] = [];
      for (const name of known) {
        show(`frozen: ${task}, examples ${seed}, as ${name}`);
        tried.push(await edited(tryable, name));
      }
      for (const count of counts) {
        const on = (line: Line) => mean(line.scores.slice(0, count).map(({ edit }) => edit));
        const given = tried.reduce((best, line) => (on(line) > on(best) ? line : best)).known;
        const { scores } = await edited(heldOut, given);
        const print = pairs.print(examples.slice(0, count), heldOut);
        rows.push({
          ...{ method: "frozen", task, count, seed, print, heldOut: heldOut.length },
          ...{ ...meanScores(scores), given },
        });
      }
    }
  }
  return rows;
}
