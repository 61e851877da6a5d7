import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Plot } from "../../report/drawPlot.ts";
import { type Bar, groupedBars } from "../../report/groupedBars.ts";
import { mean, type Spread } from "../../report/statistics.ts";
import { table } from "../../report/table.ts";
import { verdict } from "../../report/verdict.ts";
import { type Arm, scoreOf } from "../ablations/arms.ts";
import { trainArms } from "../ablations/trainArms.ts";
import type { Section } from "../Section.ts";

export interface Ablations {
  readonly samples: number;
  readonly seeds: number;
  readonly arms: readonly Arm[];
}

const groups = {
  region: ["local", "texture", "add", "remove", "background"],
  "free-form": ["global", "style", "text"],
  vision: ["detect", "segment", "color", "depth", "segmap", "pose", "normal", "sketch"],
};
const all = Object.values(groups).flat();
const learned = "embedding/learned";

/** One question of the ablations. */
interface Part {
  readonly title: string;
  readonly paper: string;
  readonly bars: readonly Bar[];
  /** Sentences about what came out. */
  readonly here: readonly string[];
  readonly plot: (bars: readonly Bar[]) => Plot;
}

const bar = (group: string, series: string, spread: Spread | undefined): Bar[] =>
  spread ? [{ group, series, value: spread.mean, low: spread.low, high: spread.high }] : [];

/** Compares two arms; their error bars are the ranges over the training seeds. */
function compare(first: string, a: Spread | undefined, second: string, b: Spread | undefined): string[] {
  if (!a || !b) return [];
  const error = (a.high - a.low + b.high - b.low) / 2;
  return [verdict(first, second, a.mean - b.mean, error)];
}

function embedding(arms: readonly Arm[]): Part {
  const sets = { all, ...groups };
  const series = [
    ["none", "embedding/none", "scores"],
    ["random, frozen", "embedding/random", "scores"],
    ["learned", learned, "scores"],
    ["learned, wrong task given", learned, "wrong_task"],
  ] as const;
  const on = (tasks: readonly string[], name: string, of: "scores" | "wrong_task" = "scores") =>
    scoreOf(arms, name, tasks, of);
  return {
    title: "The task embedding",
    paper:
      "a learned task embedding is what makes the model do the right kind of edit: CLIP_dir .119 against .104 without one",
    bars: Object.entries(sets).flatMap(([group, tasks]) =>
      series.flatMap(([label, name, of]) => bar(group, label, on(tasks, name, of))),
    ),
    here: [
      ...compare("learned", on(all, learned), "none", on(all, "embedding/none")),
      ...compare("learned", on(all, learned), "random and frozen", on(all, "embedding/random")),
      ...compare("learned with a wrong task", on(all, learned, "wrong_task"), "with the true one", on(all, learned)),
    ],
    plot: (bars) =>
      groupedBars(bars, { title: "The task embedding", subtitle, legend: "task embedding", barWidth: 22 }),
  };
}

function vision(arms: readonly Arm[]): Part {
  const [withThem, without] = ["vision/with", "vision/without"];
  const region = groups.region;
  const on = (tasks: readonly string[], name: string) => scoreOf(arms, name, tasks);
  const sets = { ...Object.fromEntries(region.map((task) => [task, [task]])), mean: region };
  return {
    title: "Computer vision tasks and region edits",
    paper: "training on detection, segmentation and the like improves region-based edits",
    bars: Object.entries(sets).flatMap(([group, tasks]) => [
      ...bar(group, "without vision tasks", on(tasks, without)),
      ...bar(group, "with vision tasks", on(tasks, withThem)),
    ]),
    here: compare("with vision tasks", on(region, withThem), "without", on(region, without)),
    plot: (bars) =>
      groupedBars(bars, {
        title: "Region edits with and without vision tasks",
        subtitle,
        legend: "trained",
        barWidth: 22,
      }),
  };
}

const counts = [1, 4, 8, 12, 16];

function count(arms: readonly Arm[]): Part {
  const tasks = ["style", "texture"];
  const on = (task: string, number: number) =>
    scoreOf(arms, number === 1 ? `count/1/${task}` : `count/${number}`, [task]);
  return {
    title: "The number of tasks",
    paper: "`style` and `texture` get worse the more of the other tasks are left out",
    bars: tasks.flatMap((task) => counts.flatMap((number) => bar(String(number), task, on(task, number)))),
    here: tasks.flatMap((task) =>
      compare(`\`${task}\` with sixteen tasks`, on(task, 16), "with itself alone", on(task, 1)),
    ),
    plot: (bars) => ({
      title: { text: "Score by the number of tasks that the model is trained on", subtitle },
      data: { values: bars.map((each) => ({ ...each, count: Number(each.group) })) },
      width: 420,
      height: 240,
      encoding: {
        x: {
          ...{ field: "count", type: "quantitative", title: "tasks in training" },
          axis: { values: counts, grid: false },
        },
        color: { field: "series", type: "nominal", title: "scored on", sort: tasks },
      },
      layer: [
        {
          mark: { type: "line", point: { size: 55 }, strokeWidth: 2 },
          encoding: { y: { field: "value", type: "quantitative", title: "edit ↑" } },
        },
        {
          mark: { type: "rule", strokeWidth: 1.4 },
          encoding: { y: { field: "low", type: "quantitative" }, y2: { field: "high" } },
        },
      ],
    }),
  };
}

function experts(arms: readonly Arm[]): Part {
  const pairs = all.flatMap((task) => {
    const expert = scoreOf(arms, `expert/${task}`, [task]) ?? scoreOf(arms, `count/1/${task}`, [task]);
    const together = scoreOf(arms, learned, [task]);
    return expert && together ? [{ task, expert, together }] : [];
  });
  const meanOf = (key: "expert" | "together"): Spread => ({
    mean: mean(pairs.map((pair) => pair[key].mean)),
    low: mean(pairs.map((pair) => pair[key].low)),
    high: mean(pairs.map((pair) => pair[key].high)),
  });
  const rows =
    pairs.length > 1 ? [...pairs, { task: "mean", expert: meanOf("expert"), together: meanOf("together") }] : pairs;
  const better = pairs.filter(({ expert, together }) => together.mean > expert.mean).length;
  return {
    title: "One model for all tasks, or an expert for each",
    paper:
      "one model trained on all tasks is better than an expert on each of the four tasks compared (`local`, `global`, `add`, `background`)",
    bars: rows.flatMap(({ task, expert, together }) => [
      ...bar(task, "expert", expert),
      ...bar(task, "all tasks", together),
    ]),
    here:
      pairs.length === 0
        ? []
        : [
            `the model for all tasks is ahead of the expert on ${better} of ${pairs.length} tasks`,
            ...compare("on the mean the model for all tasks", meanOf("together"), "the experts", meanOf("expert")),
          ],
    plot: (bars) =>
      groupedBars(bars, { title: "One model for all tasks, or an expert for each", subtitle, legend: "trained on" }),
  };
}

const subtitle = "small models of the same size and budget; bars show the range over the training seeds";
const sentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

function show(name: string, { title, paper, bars, here }: Part): string {
  const series = [...new Set(bars.map((each) => each.series))];
  const rows = [...new Set(bars.map(({ group }) => group))].map((group) => [
    group,
    ...series.map((label) => {
      const found = bars.find((each) => each.group === group && each.series === label);
      return found ? `${found.value.toFixed(3)} (${found.low?.toFixed(3)} … ${found.high?.toFixed(3)})` : "–";
    }),
  ]);
  return [
    `### ${title}`,
    ...(bars.length > 0 ? [`![${title}](${name}.svg)`, table(["", ...series], rows)] : []),
    `The paper: ${paper}.`,
    `Here: ${here.length > 0 ? here.map(sentence).join(" ") : "not trained yet."}`,
  ].join("\n\n");
}

/** What the paper's ablations ask, asked of small models. */
export const ablations: Section<Ablations> = {
  name: "ablations",
  title: "Ablations",
  ofModel: false,

  async measure(bench, settings) {
    if (bench.redo) await rm(join(settings.work, "ablations.jsonl"), { force: true });
    const arms = await trainArms(settings, bench.signal);
    return { samples: settings.samples, seeds: settings.seeds, arms };
  },

  report({ samples, seeds, arms }) {
    const parts = Object.entries({
      "ablation-embedding": embedding(arms),
      "ablation-vision": vision(arms),
      "ablation-count": count(arms),
      "ablation-experts": experts(arms),
    });
    const markdown = [
      `Small models of one size, each trained from scratch on ${samples.toLocaleString("en")} pictures with ${seeds} ` +
        `${seeds === 1 ? "seed" : "seeds"}; edit scores on held-out pairs, true task given. Every arm sees as many pictures ` +
        "as any other: a model of fewer tasks sees more of each. Error bars are the range over the seeds, and a " +
        "difference counts as beyond them when the ranges do not touch.",
      ...parts.map(([name, part]) => show(name, part)),
    ].join("\n\n");
    const plots = Object.fromEntries(
      parts.filter(([, part]) => part.bars.length > 0).map(([name, part]) => [name, part.plot(part.bars)]),
    );
    return { markdown, plots, summary: `${arms.length} arms trained on ${samples} pictures each` };
  },
};
