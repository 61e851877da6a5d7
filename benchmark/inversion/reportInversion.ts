import type { Spread } from "../report/statistics.ts";
import { table } from "../report/table.ts";
import type { Report } from "../tasks/Section.ts";
import type { InversionData } from "./InversionData.ts";
import { inversionPlot } from "./inversionPlot.ts";
import { meanOver } from "./meanOver.ts";
import { methodNames, methodTitles } from "./methods.ts";
import { type ScoreName, spreadFor } from "./spreadFor.ts";
import { verdicts } from "./verdicts.ts";

const cell = (spread: Spread | undefined): string => {
  if (!spread) return "–";
  const range = spread.low === spread.high ? "" : ` (${spread.low.toFixed(2)} … ${spread.high.toFixed(2)})`;
  return `${spread.mean.toFixed(3)}${range}`;
};

/** The page's text, made of the numbers alone. */
export function reportInversion(data: InversionData): Report {
  const { tasks, counts, seeds, limit, samples, vectors, rows } = data;
  const methods = methodNames.filter((method) => rows.some((row) => row.method === method));
  const head = ["task", "examples", ...methods.map((method) => methodTitles[method])];
  const tableOf = (score: ScoreName) =>
    table(head, [
      ...tasks.flatMap((task) =>
        counts.map((count) => [
          ...[task, String(count)],
          ...methods.map((method) => cell(spreadFor(data, method, task, count, score))),
        ]),
      ),
      ...counts.map((count) => [
        ...["**mean**", String(count)],
        ...methods.map((method) => meanOver(data, method, count, score)?.toFixed(3) ?? "–"),
      ]),
    ]);
  const said = verdicts(data);
  const pictures = rows.find(({ method }) => method === "finetune" || method === "scratch")?.pictures;
  const peerSets = Math.max(
    ...rows.map(({ method, seed }) => (method === "finetune" || method === "scratch" ? seed + 1 : 0)),
    0,
  );
  const fewer = peerSets > 0 && peerSets < seeds ? ` (fine-tuning and from scratch: ${peerSets})` : "";
  const markdown = [
    "Tasks that no model was trained on ([docs/world.md](../world.md)), each learned from a few examples in five ways. Scores are " +
      `mean edit scores on ${limit} held-out pairs, whose combinations of objects and colours no example shows; the range is ` +
      `over ${seeds} ${seeds === 1 ? "set" : "sets"} of examples${fewer}. Methods are compared on the sets that both were given.`,
    [
      `- **${methodTitles.frozen}**: nothing is learned; the model is told the one of its tasks that scores best on the examples.`,
      `- **${methodTitles.inversion}**: ${vectors === 1 ? "one vector" : `${vectors} vectors`}, learned in the engine; all weights stay as they are.`,
      `- **${methodTitles.finetune}**: every weight and a new vector, in PyTorch${pictures === undefined ? "" : `, with ${pictures.toLocaleString("en")} pictures seen`}.`,
      `- **${methodTitles.scratch}**: a model of the same size that has seen nothing but the examples, as many pictures as in fine-tuning.`,
      `- **${methodTitles.expert}**: the same trained on ${samples.toLocaleString("en")} pairs of the task, each seen once: no few-shot method, but what the task allows. One seed.`,
    ].join("\n"),
    "How inversion learns (rate, batch, variants) was chosen by trials on some of these tasks, on 40 of their held-out pairs; fine-tuning " +
      "and training from scratch have the settings of few_shot.py, which were not searched for.",
    "## What came out",
    said.length > 0 ? said.map((each) => `- ${each}`).join("\n") : "Too little has been measured to say.",
    "![Score by number of examples, a panel for each task](inversion.svg)",
    tableOf("edit"),
    "## All pixels counted",
    "The edit score looks at the pixels that the right answer changes: who fills a thing where its contour was asked for hits " +
      "every pixel of the line. Here painting over what should stay costs as much as what was missed; a copy of the source " +
      "scores 0.",
    tableOf("whole"),
  ].join("\n\n");
  return { markdown, plots: { inversion: inversionPlot(data) }, summary: said[0] ?? `${rows.length} scores` };
}
