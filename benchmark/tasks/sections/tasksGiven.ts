import type { Plot } from "../../report/drawPlot.ts";
import { groupedBars } from "../../report/groupedBars.ts";
import { mean, standardError } from "../../report/statistics.ts";
import { table } from "../../report/table.ts";
import { verdict } from "../../report/verdict.ts";
import type { PairResult } from "../Bench.ts";
import type { Section } from "../Section.ts";

const answers = { named: "true", auto: "predicted", wrong: "wrong" } as const;
type Answer = keyof typeof answers;
const columns = Object.keys(answers) as Answer[];

interface Scores {
  readonly edit: number;
  readonly keep: number;
}

export interface TasksGiven {
  readonly n: number;
  readonly tasks: readonly ({ readonly task: string; readonly predictedRight: number } & Record<Answer, Scores>)[];
  /** Means over the tasks. */
  readonly mean: Readonly<Record<Answer, Scores>>;
  /** Share of the pairs whose task was predicted. */
  readonly predictedRight: number;
  /** Mean difference to the true task's edit, pair by pair, and its standard error. */
  readonly difference: Readonly<Record<"auto" | "wrong", { readonly mean: number; readonly error: number }>>;
}

/** What the task embedding does: the true task, the predicted one and a wrong one on the same pairs with the same noise. */
export const tasksGiven: Section<TasksGiven> = {
  name: "tasks-given",
  title: "True, predicted and wrong task",
  ofModel: true,

  async measure(bench) {
    const results = {} as Record<Answer, PairResult[]>;
    for (const answer of columns) {
      results[answer] = await bench.measure({ answer }, bench.limit());
    }
    const names = [...new Set(results.named.map(({ task }) => task))];
    const right = (some: readonly PairResult[]) => mean(some.map(({ given, task }) => (given === task ? 1 : 0)));
    const scores = (some: readonly PairResult[]): Scores => ({
      edit: mean(some.map(({ edit }) => edit)),
      keep: mean(some.map(({ keep }) => keep)),
    });
    const each = <T>(of: (answer: Answer) => T) =>
      ({ named: of("named"), auto: of("auto"), wrong: of("wrong") }) satisfies Record<Answer, T>;
    const tasks = names.map((task) => {
      const of = (answer: Answer) => results[answer].filter((one) => one.task === task);
      return { task, predictedRight: right(of("auto")), ...each((answer) => scores(of(answer))) };
    });
    const difference = (answer: Answer) => {
      const pairs = results[answer].map(({ edit }, i) => edit - results.named[i]!.edit);
      return { mean: mean(pairs), error: standardError(pairs) };
    };
    return {
      n: results.named.length,
      tasks,
      mean: each((answer) => ({
        edit: mean(tasks.map((row) => row[answer].edit)),
        keep: mean(tasks.map((row) => row[answer].keep)),
      })),
      predictedRight: right(results.auto),
      difference: { auto: difference("auto"), wrong: difference("wrong") },
    };
  },

  report(data) {
    const cells = (row: Record<Answer, Scores>) => [
      ...columns.map((answer) => row[answer].edit.toFixed(3)),
      ...columns.map((answer) => row[answer].keep.toFixed(4)),
    ];
    const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
    const against = (answer: "auto" | "wrong") =>
      verdict(
        `the ${answers[answer]} task`,
        "the true one",
        data.difference[answer].mean,
        2 * data.difference[answer].error,
      );
    const markdown = [
      `The same ${data.n} pairs and the same noise, only the task that is given to the model differs. The predictor names ` +
        `the true task of ${percent(data.predictedRight)} of the instructions. A wrong task is the one five places further ` +
        "on in the list of tasks.",
      "![Edit score by the task that is given](tasks-given.svg)",
      table(
        [
          "task",
          "predicted right",
          ...columns.map((c) => `edit, ${answers[c]}`),
          ...columns.map((c) => `keep, ${answers[c]}`),
        ],
        [
          ...data.tasks.map((row) => [row.task, percent(row.predictedRight), ...cells(row)]),
          ["**mean**", percent(data.predictedRight), ...cells(data.mean).map((cell) => `**${cell}**`)],
        ],
      ),
      `Here: ${against("auto")}; ${against("wrong")} (edit, pair by pair, ± two standard errors).`,
      "The paper: CLIP_dir .119 with the true task, .117 with the predicted one, .104 without a task embedding " +
        "(for a model that never had one see the ablations).",
    ].join("\n\n");
    const { named, auto, wrong } = data.mean;
    const summary = `edit ${named.edit.toFixed(3)} true, ${auto.edit.toFixed(3)} predicted, ${wrong.edit.toFixed(3)} wrong; ${percent(data.predictedRight)} predicted right`;
    return { markdown, plots: { "tasks-given": plotOf(data) }, summary };
  },
};

function plotOf(data: TasksGiven): Plot {
  const rows = [{ task: "mean", ...data.mean }, ...data.tasks];
  const bars = rows.flatMap((row) =>
    columns.map((answer) => ({ group: row.task, series: answers[answer], value: row[answer].edit })),
  );
  const title = "Edit score by the task that is given to the model";
  return groupedBars(bars, { title, legend: "task given", barWidth: 12 });
}
