import { table } from "../report/table.ts";
import { lowPassFilters } from "./lowPassFilters.ts";
import { margin } from "./measureScene.ts";
import type { FilterCount } from "./SceneRow.ts";
import { type AlphaSummary, summarise } from "./summarise.ts";
import type { TurnsData } from "./TurnsData.ts";

const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`;

/** The page's text, below what was measured and on what. */
export function reportTurns(data: TurnsData): string {
  const summary = summarise(data);
  return [
    `${data.scenes.length} scenes of the picture-book world (\`sampleTurns\`), ${data.turns} instructions each, pictures of ${data.size} × ${data.size} pixels. Every turn has an exact answer; its task is given, not predicted.`,
    "## Thresholds",
    `![Distance by turn](turns.svg)`,
    `*Edit* is the share of what an instruction asks for that was done: 1 − Σ|out − exact| / Σ|before − exact| over the pixels that the exact edit changes, pooled over scenes (and turns). *Single* turns start from the exact answer of the turn before, *in a row* from what the model made of it. *Looks* is a normalized Laplacian pyramid distance (\`benchmark/turns/perceptualDistance.ts\`) in the place of LPIPS, whose weights would have to be downloaded. α = 0 is without thresholding.`,
    thresholds(data, summary),
    choice(summary),
    "## Pixels that no instruction named",
    `Share that has the first picture's bits after turn ${data.turns}: of all pixels that are the same in all exact answers, and of those more than ${margin} of the model's pixels away from any other (the filter reaches three, interpolation one). What is missing from 100 % of the second is the model's: it changed what it was not asked to change, by more than α.`,
    table(
      ["α", "all", "away from edits"],
      summary.map((each) => [String(each.alpha), percent(each.identical), percent(each.farIdentical, 2)]),
    ),
    "## The low-pass filter",
    `The paper names none. Of the model's pixels that the exact edit changes (by half of their area at least), the share that stayed below the threshold; of those that it does not change at all, the share that came above. Single turns, sizes in the model's pixels. *Error* is the mean of both at the filter's best α.`,
    filterTable(data),
    "## Edits that change everything",
    `Nothing is decided by the task's name. Share of the model's pixels that an exact edit touches at α = ${data.composedAt}, over the first pairs of the benchmark (\`emend world\`): where a task changes everything, the mask is everything.`,
    table(
      ["task", "least", "median", "most"],
      data.touched.map(({ task, least, median, most }) => [
        task,
        ...[least, median, most].map((each) => percent(each)),
      ]),
    ),
    "## Composition",
    `Distance to the exact answer at the source's resolution, single turns, α = ${data.composedAt}: with the exact answer in the place of the model's output, so that only the composition is measured, and with the model's own.`,
    compositionTable(data),
    "## Time and memory",
    `\`composeEdit\` alone, one thread, median of seven runs; memory is what the process grew by plus the source.`,
    timeTable(data),
  ].join("\n\n");
}

function thresholds({ turns }: TurnsData, summary: readonly AlphaSummary[]): string {
  const head = ["α", "edit, single", "edit, in a row", `turn ${turns}, single`, `turn ${turns}, in a row`, "ratio"];
  return table(
    [...head, "L1 to exact", "looks to exact", "L1 per turn", "looks per turn"],
    summary.map((each) => [
      String(each.alpha),
      ...[each.single, each.chained, each.lastSingle, each.lastChained, each.lastShare].map((value) =>
        value.toFixed(3),
      ),
      ...[each.exactL1, each.exactLooks, each.stepL1, each.stepLooks].map((value) => value.toFixed(4)),
    ]),
  );
}

/** Which threshold the numbers speak for. */
function choice(summary: readonly AlphaSummary[]): string {
  const best = (of: (each: AlphaSummary) => number) => summary.reduce((a, b) => (of(b) < of(a) ? b : a)).alpha;
  const parts = [
    `L1 to the exact answer after the last turn is least at α = ${best((each) => each.exactL1)}`,
    `looks at ${best((each) => each.exactLooks)}`,
    `and the edits in a row are best at ${best((each) => -each.chained)}`,
  ];
  return `${parts.join(", ")}.`;
}

function filterTable({ scenes, alphas }: TurnsData): string {
  const rows = Object.keys(lowPassFilters).map((filter) => {
    const byAlpha = alphas
      .filter((alpha) => alpha > 0)
      .map((alpha) => {
        const counts = scenes.flatMap(({ filters }) =>
          filters.filter((each) => each.filter === filter && each.alpha === alpha),
        );
        const sum = (of: (count: FilterCount) => number) => counts.reduce((total, each) => total + of(each), 0);
        const missed = sum((each) => each.missed) / sum((each) => each.changed);
        const touched = sum((each) => each.touched) / sum((each) => each.others);
        return { alpha, missed, touched, error: (missed + touched) / 2 };
      });
    const at = (alpha: number) => byAlpha.find((each) => each.alpha === alpha);
    const best = byAlpha.reduce((a, b) => (b.error < a.error ? b : a));
    const near = at(0.03) ?? best;
    return {
      error: best.error,
      cells: [
        filter,
        percent(near.missed),
        percent(near.touched),
        String(best.alpha),
        percent(best.missed),
        percent(best.touched),
        percent(best.error, 2),
      ],
    };
  });
  return table(
    ["filter", "missed at 0.03", "touched at 0.03", "best α", "missed", "touched", "error"],
    rows.map(({ cells }) => cells),
  );
}

function compositionTable({ scenes }: TurnsData): string {
  const methods = [...new Set(scenes.flatMap(({ composition }) => composition.map(({ method }) => method)))];
  const value = (method: string, answer: string, what: "l1" | "looks") => {
    const all = scenes.flatMap(({ composition }) =>
      composition.filter((each) => each.method === method && each.answer === answer),
    );
    return (all.reduce((sum, each) => sum + each[what], 0) / all.length).toFixed(4);
  };
  return table(
    ["method", "L1, exact", "looks, exact", "L1, model", "looks, model"],
    methods.map((method) => [
      method,
      ...(["exact", "model"] as const).flatMap((answer) => [
        value(method, answer, "l1"),
        value(method, answer, "looks"),
      ]),
    ]),
  );
}

function timeTable({ times }: TurnsData): string {
  return table(
    ["picture", "model's", "touched", "processor", "wall", "memory"],
    times.map(({ width, height, model, touched, processor, wall, memory }) => [
      `${width} × ${height}`,
      model.join(" × "),
      percent(touched),
      `${processor.toFixed(0)} ms`,
      `${wall.toFixed(0)} ms`,
      `${memory.toFixed(1)} × picture`,
    ]),
  );
}
