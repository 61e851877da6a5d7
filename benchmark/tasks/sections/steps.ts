import { type SamplerName, samplerNames, samplers } from "../../../gpu-worker/diffusion/withSampler.ts";
import type { Plot } from "../../report/drawPlot.ts";
import { mean } from "../../report/statistics.ts";
import { table } from "../../report/table.ts";
import type { Section } from "../Section.ts";

/** Pairs per task; all would take an hour. */
const pairsPerTask = 6;
const stepCounts = [1, 2, 4, 8, 16];
/** What the paper uses; for the default sampler alone. */
const manySteps = 50;
/** The sampler of the bundled model. */
const usual: SamplerName = "ddim";

interface Point {
  readonly sampler: SamplerName;
  readonly steps: number;
  /** U-Net evaluations of one edit, all guidance branches counted. */
  readonly evaluations: number;
  readonly edit: number;
  readonly keep: number;
  readonly seconds: number;
}

export interface Steps {
  readonly n: number;
  readonly defaultSteps: number;
  readonly points: readonly Point[];
}

/** What more steps and other samplers bring. */
export const steps: Section<Steps> = {
  name: "steps",
  title: "Steps and samplers",
  ofModel: true,

  async measure(bench) {
    const { defaults } = (await bench.engine()).info;
    const points: Point[] = [];
    let n = 0;
    for (const sampler of samplerNames) {
      for (const count of sampler === usual ? [...stepCounts, manySteps] : stepCounts) {
        const results = await bench.measure({ answer: "named", sampler, steps: count }, bench.limit(pairsPerTask));
        const of = (key: "evaluations" | "edit" | "keep" | "seconds") => mean(results.map((each) => each[key]));
        n = results.length;
        points.push({
          ...{ sampler, steps: count, evaluations: of("evaluations"), edit: of("edit"), keep: of("keep") },
          seconds: of("seconds"),
        });
      }
    }
    return { n, defaultSteps: defaults.steps, points };
  },

  report({ n, defaultSteps, points }) {
    const best = points.reduce((a, b) => (b.edit > a.edit ? b : a));
    const rows = points.map(({ sampler, steps, evaluations, edit, keep, seconds }) => [
      ...[sampler, String(steps), evaluations.toFixed(0), edit.toFixed(3), keep.toFixed(4), seconds.toFixed(3)],
    ]);
    const names = samplerNames.map((name) => `\`${name}\` (${samplers[name]})`).join(", ");
    const markdown = [
      `${n} pairs, the true task, the model's default guidance, ${defaultSteps} steps by default; the samplers ${names} on ` +
        "the model's own noise schedule. The paper uses 50 steps.",
      "![Score by the number of evaluations of the U-Net](steps.svg)",
      table(["sampler", "steps", "evaluations", "edit", "keep", "s/edit"], rows),
      `The best edit score here: ${best.edit.toFixed(3)}, \`${best.sampler}\` with ${best.steps} steps.`,
    ].join("\n\n");
    const summary = `best edit ${best.edit.toFixed(3)}: ${best.sampler}, ${best.steps} steps`;
    return { markdown, plots: { steps: plotOf(points) }, summary };
  },
};

function plotOf(points: readonly Point[]): Plot {
  const panel = (field: "edit" | "keep", title: string) => ({
    width: 300,
    height: 230,
    mark: { type: "line" as const, point: { size: 45 }, strokeWidth: 2 },
    encoding: {
      x: {
        field: "evaluations",
        type: "quantitative" as const,
        scale: { type: "log" as const, base: 2 },
        title: "evaluations of the U-Net",
        axis: { values: [1, 2, 4, 8, 16, 32, 64, 128], grid: false },
      },
      y: { field, type: "quantitative" as const, title, scale: { zero: false } },
      color: { field: "sampler", type: "nominal" as const, sort: [...samplerNames] },
    },
  });
  return {
    title: "Score by the number of evaluations of the U-Net",
    data: { values: [...points] },
    spacing: 30,
    hconcat: [panel("edit", "edit ↑"), panel("keep", "keep ↓")],
  };
}
