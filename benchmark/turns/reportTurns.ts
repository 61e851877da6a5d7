import { defaultAlpha } from "../../gpu-worker/image/defaultAlpha.ts";
import { table } from "../report/table.ts";
import { lowPassFilters } from "./lowPassFilters.ts";
import { margin } from "./measureScene.ts";
import { paperAlpha } from "./paperAlpha.ts";
import type { AlphaSummary } from "./summarise.ts";
import type { TurnsData } from "./TurnsData.ts";

const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`;

/** The page's text, below what was measured and on what. */
export function reportTurns(data: TurnsData): string {
  const { summary } = data;
  return [
    `${data.scenes} scenes of the picture-book world (\`sampleTurns\`), ${data.turns} instructions each, pictures of ${data.size} × ${data.size} pixels. Every turn has an exact answer; its task is given, not predicted.`,
    "## Thresholds",
    "![Distance by turn](turns.svg)",
    `*Edit* is the share of what an instruction asks for that was done: 1 − Σ|out − exact| / Σ|before − exact| over the pixels that the exact edit changes, pooled over scenes (and turns). *Single* turns start from the exact answer of the turn before, *in a row* from what the model made of it; their *ratio* (± standard error over the scenes) should be 0.9 at least. *Looks* is a normalized Laplacian pyramid distance (\`benchmark/turns/perceptualDistance.ts\`) in the place of LPIPS, whose weights would have to be downloaded. α = 0 is without thresholding.`,
    thresholds(data),
    choice(data),
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
    `Nothing is decided by the task's name. Share of the model's pixels that exact edits touch at α = ${data.composedAt}, over the first pairs of the benchmark of each task, and, by α, how much of the wanted change is dropped because it is too faint.`,
    touchedTable(data),
    "## Composition",
    `Distance to the exact answer at the source's resolution, single turns, α = ${data.composedAt}: with the exact answer in the place of the model's output, so that only the composition is measured, and with the model's own.`,
    compositionTable(data),
    "## Time and memory",
    `\`composeEdit\` alone, one thread, seven runs after a first one; processor time counts V8's own threads too; memory is what the process grew by plus the source.`,
    timeTable(data),
  ].join("\n\n");
}

function thresholds({ turns, summary }: TurnsData): string {
  const head = ["α", "edit, single", "in a row", "ratio", `turn ${turns}, single`, "in a row", "ratio"];
  const ratio = (share: number, error: number) => `${share.toFixed(2)} ± ${error.toFixed(2)}`;
  return table(
    [...head, "L1 to exact", "looks to exact", "L1 per turn", "looks per turn"],
    summary.map((each) => [
      String(each.alpha),
      ...[each.single, each.chained].map((value) => value.toFixed(3)),
      ratio(each.share, each.shareError),
      ...[each.lastSingle, each.lastChained].map((value) => value.toFixed(3)),
      ratio(each.lastShare, each.lastShareError),
      ...[each.exactL1, each.exactLooks, each.stepL1, each.stepLooks].map((value) => value.toFixed(4)),
    ]),
  );
}

/** Of an exact edit's change, what a threshold may drop of any task; and of the edits in a row, how much it may cost. */
const [mostDropped, mostLost] = [0.005, 0.002];

/** Which threshold the numbers speak for. */
function choice({ summary, touched }: TurnsData): string {
  const best = (of: (each: AlphaSummary) => number) => summary.reduce((a, b) => (of(b) < of(a) ? b : a)).alpha;
  const chained = Math.max(...summary.map((each) => each.chained));
  const free = summary.filter(
    ({ alpha, chained: own }) =>
      own >= chained - mostLost && touched.every((each) => each.alpha !== alpha || each.lost <= mostDropped),
  );
  const chosen = free.at(-1)?.alpha ?? 0;
  const parts = [
    `L1 to the exact answer after the last turn is least at α = ${best((each) => each.exactL1)}`,
    `looks at ${best((each) => each.exactLooks)}`,
    `and the edits in a row are best at ${best((each) => -each.chained)}`,
  ];
  return `${parts.join(", ")}. The highest α at which edits in a row lose no more than ${mostLost} and no task (see below) loses more than ${percent(mostDropped)} of what is asked for is ${chosen}; the default is ${defaultAlpha}, the paper's ${paperAlpha}.`;
}

function filterTable({ filters }: TurnsData): string {
  const rows = Object.keys(lowPassFilters).map((filter) => {
    const byAlpha = filters
      .filter((each) => each.filter === filter && each.alpha > 0)
      .map((each) => {
        const [missed, touched] = [each.missed / each.changed, each.touched / each.others];
        return { alpha: each.alpha, missed, touched, error: (missed + touched) / 2 };
      });
    const at = (alpha: number) => byAlpha.find((each) => each.alpha === alpha);
    const best = byAlpha.reduce((a, b) => (b.error < a.error ? b : a));
    const near = at(paperAlpha) ?? best;
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
    ["filter", `missed at ${paperAlpha}`, `touched at ${paperAlpha}`, "best α", "missed", "touched", "error"],
    rows.map(({ cells }) => cells),
  );
}

function touchedTable({ touched, composedAt }: TurnsData): string {
  const thresholds = [...new Set(touched.map(({ alpha }) => alpha))].filter((alpha) => alpha > 0);
  return table(
    ["task", "least", "median", "most", ...thresholds.map((alpha) => `dropped at ${alpha}`)],
    touched
      .filter(({ alpha }) => alpha === composedAt)
      .map(({ task, least, median, most }) => [
        task,
        ...[least, median, most].map((each) => percent(each)),
        ...thresholds.map((alpha) => percent(touched.find((each) => each.task === task && each.alpha === alpha)!.lost)),
      ]),
  );
}

function compositionTable({ composition }: TurnsData): string {
  const methods = [...new Set(composition.map(({ method }) => method))];
  const value = (method: string, answer: string, what: "l1" | "looks") =>
    composition.find((each) => each.method === method && each.answer === answer)![what].toFixed(4);
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
    ["picture", "model's", "touched", "processor, least", "median", "wall, median", "memory"],
    times.map(({ width, height, model, touched, processor, least, wall, memory }) => [
      `${width} × ${height}`,
      model.join(" × "),
      percent(touched),
      `${least.toFixed(0)} ms`,
      `${processor.toFixed(0)} ms`,
      `${wall.toFixed(0)} ms`,
      `${memory.toFixed(1)} × picture`,
    ]),
  );
}
