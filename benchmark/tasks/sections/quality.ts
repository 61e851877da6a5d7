import type { TaskName } from "../../../src/queue/tasks.ts";
import type { Plot } from "../../report/drawPlot.ts";
import { mean, standardError } from "../../report/statistics.ts";
import { table } from "../../report/table.ts";
import type { PairResult } from "../Bench.ts";
import { type Direction, mapTasks } from "../directionOf.ts";
import { type Metric, type MetricName, metrics } from "../metrics.ts";
import type { Section } from "../Section.ts";

interface Row {
  readonly task: TaskName;
  readonly direction?: Direction;
  readonly n: number;
  readonly edit: number;
  /** Standard error of the mean over the pairs. */
  readonly editError: number;
  readonly keep: number;
  readonly l1: number;
  readonly evaluations: number;
  readonly seconds: number;
}

interface MetricRow {
  readonly metric: MetricName;
  readonly n: number;
  readonly ours: number;
  /** The same measure for the source as it is, and for the exact answer: between them lies what it can say. */
  readonly copy: number;
  readonly exact: number;
}

export interface Quality {
  readonly tasks: readonly Row[];
  readonly directions: readonly Row[];
  readonly metrics: readonly MetricRow[];
  readonly mean: { readonly edit: number; readonly keep: number; readonly l1: number };
}

function rowOf(results: readonly PairResult[], direction?: Direction): Row {
  const edits = results.map(({ edit }) => edit);
  const of = (key: "keep" | "l1" | "evaluations" | "seconds") => mean(results.map((each) => each[key]));
  return {
    task: results[0]!.task,
    ...(direction && { direction }),
    n: results.length,
    edit: mean(edits),
    editError: standardError(edits),
    ...{ keep: of("keep"), l1: of("l1"), evaluations: of("evaluations"), seconds: of("seconds") },
  };
}

function meanOf(results: readonly PairResult[], metric: MetricName): { n: number; value: number } {
  const values = results.flatMap(({ own }) => own[metric] ?? []);
  return { n: values.length, value: values.length === 0 ? 0 : mean(values) };
}

/** Every task against the exact answers, and by the measures that are its own. */
export const quality: Section<Quality> = {
  name: "quality",
  title: "How good the edits are",
  ofModel: true,

  async measure(bench) {
    const limit = bench.limit();
    const ours = await bench.measure({ answer: "named" }, limit);
    const copy = await bench.measure({ answer: "copy" }, limit);
    const exact = await bench.measure({ answer: "exact" }, limit);
    const byTask = [...Map.groupBy(ours, ({ task }) => task).values()];
    const tasks = byTask.map((results) => rowOf(results));
    const directions = byTask
      .filter(([first]) => mapTasks.includes(first!.task))
      .flatMap((results) =>
        (["to map", "from map"] as const).flatMap((direction) => {
          const some = results.filter((each) => each.direction === direction);
          return some.length === 0 ? [] : [rowOf(some, direction)];
        }),
      );
    const own = (Object.keys(metrics) as MetricName[]).flatMap((metric) => {
      const { n, value } = meanOf(ours, metric);
      if (n === 0) return [];
      return [{ metric, n, ours: value, copy: meanOf(copy, metric).value, exact: meanOf(exact, metric).value }];
    });
    const over = (key: "edit" | "keep" | "l1") => mean(tasks.map((row) => row[key]));
    return { tasks, directions, metrics: own, mean: { edit: over("edit"), keep: over("keep"), l1: over("l1") } };
  },

  report(data) {
    const cells = (row: Row) => [
      ...[String(row.n), `${row.edit.toFixed(3)} ± ${row.editError.toFixed(3)}`, row.keep.toFixed(4)],
      ...[row.l1.toFixed(4), row.evaluations.toFixed(0), row.seconds.toFixed(3)],
    ];
    const head = ["n", "edit", "keep", "L1", "evaluations", "s/edit"];
    const { mean } = data;
    const summary = `edit ${mean.edit.toFixed(3)}, keep ${mean.keep.toFixed(4)}, L1 ${mean.l1.toFixed(4)} over ${data.tasks.length} tasks`;
    const total = `**${mean.edit.toFixed(3)}**`;
    const parts = [
      "Held-out pairs of the world, the true task given, the model's default settings. " +
        "`edit = 1 − Σ|out − target| / Σ|source − target|` over the pixels that the exact answer changes " +
        "(a copy of the source is 0, the exact answer 1; ± is the standard error over the pairs), " +
        "`keep = mean |out − source|` over the others, `L1 = mean |out − target|` over all pixels.",
      "![Score of every task](quality.svg)",
      table(
        ["task", ...head],
        [
          ...data.tasks.map((row) => [row.task, ...cells(row)]),
          ["**mean**", "", total, `**${mean.keep.toFixed(4)}**`, `**${mean.l1.toFixed(4)}**`, "", ""],
        ],
      ),
    ];
    if (data.directions.length > 0) {
      const rows = data.directions.map((row) => [`${row.task}, ${row.direction}`, ...cells(row)]);
      parts.push("The image-to-image tasks by direction:", table(["task", ...head], rows));
    }
    if (data.metrics.length > 0) {
      const rows = data.metrics.map(({ metric, n, ...values }) => {
        const { task, title, scale = 1, better, paper }: Metric = metrics[metric];
        const show = (value: number) => (value * scale).toFixed(scale === 100 || value * scale >= 10 ? 1 : 3);
        const arrow = better === "higher" ? "↑" : "↓";
        return [
          `${task}: ${title} ${arrow}`,
          String(n),
          show(values.ours),
          show(values.copy),
          show(values.exact),
          paper ?? "–",
        ];
      });
      parts.push(
        "Measures of single tasks. *Source* and *exact* are what the same measure gives for the unchanged source and for " +
          "the exact answer. AP: the frame is the largest connected piece of pixels that are nearer to the asked colour " +
          "than to the source, with gaps of up to two pixels; there is one frame for each picture, so AP@0.5 is the share " +
          "of frames whose box has an IoU of at least 0.5 with the exact one. Masks are found in the same way. Classes " +
          "are those of the nearest palette colour, depth is on [0, 1], words are read by template matching at their " +
          "place. The paper's numbers come from photographs and its own data: they say what is measured alike, not what is " +
          "comparable.",
        table(["measure", "n", "ours", "source", "exact", "paper"], rows),
      );
    }
    return { markdown: parts.join("\n\n"), plots: { quality: plotOf(data.tasks) }, summary };
  },
};

function plotOf(rows: readonly Row[]): Plot {
  const values = rows.map(({ task, edit, editError, keep }) => ({
    ...{ task, edit, keep },
    ...{ low: edit - editError, high: edit + editError },
  }));
  const task = { field: "task", type: "nominal" as const, sort: rows.map((row) => row.task), title: null };
  return {
    title: {
      text: "Held-out pairs against their exact answers",
      subtitle: "edit: 0 is a copy of the source, 1 the exact answer; bars show the standard error",
    },
    data: { values },
    spacing: 28,
    hconcat: [
      {
        width: 380,
        height: { step: 19 },
        layer: [
          { mark: { type: "bar", height: { band: 0.68 } }, encoding: { x: { field: "edit", type: "quantitative" } } },
          {
            mark: { type: "rule", strokeWidth: 1.4 },
            encoding: { x: { field: "low", type: "quantitative", title: "edit ↑" }, x2: { field: "high" } },
          },
        ],
        encoding: { y: task },
      },
      {
        width: 190,
        height: { step: 19 },
        mark: { type: "bar", height: { band: 0.68 }, color: "#e69f00" },
        encoding: {
          y: { ...task, axis: { labels: false, ticks: false } },
          x: { field: "keep", type: "quantitative", title: "keep ↓", axis: { tickCount: 5 } },
        },
      },
    ],
  };
}
