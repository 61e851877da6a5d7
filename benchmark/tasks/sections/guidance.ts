import type { Plot } from "../../report/drawPlot.ts";
import { mean } from "../../report/statistics.ts";
import { table } from "../../report/table.ts";
import type { Section } from "../Section.ts";

/** Pairs per task; all would take half an hour. */
const pairsPerTask = 6;
const textGuidances = [1, 1.5, 2.5, 4];
const imageGuidances = [1, 1.25, 1.5];

interface Point {
  readonly textGuidance: number;
  readonly imageGuidance: number;
  readonly edit: number;
  readonly keep: number;
  readonly evaluations: number;
}

export interface Guidance {
  readonly n: number;
  readonly steps: number;
  readonly defaults: { readonly textGuidance: number; readonly imageGuidance: number };
  readonly points: readonly Point[];
}

/** The trade between doing what the instruction says and leaving the rest alone. */
export const guidance: Section<Guidance> = {
  name: "guidance",
  title: "Guidance",
  ofModel: true,

  async measure(bench) {
    const { steps, ...defaults } = (await bench.engine()).info.defaults;
    const points: Point[] = [];
    let n = 0;
    for (const imageGuidance of imageGuidances) {
      for (const textGuidance of textGuidances) {
        const settings = { textGuidance, imageGuidance };
        const results = await bench.measure({ answer: "named", ...settings }, bench.limit(pairsPerTask));
        const of = (key: "edit" | "keep" | "evaluations") => mean(results.map((each) => each[key]));
        n = results.length;
        points.push({ ...settings, edit: of("edit"), keep: of("keep"), evaluations: of("evaluations") });
      }
    }
    return { n, steps, defaults, points };
  },

  report({ n, steps, defaults, points }) {
    const best = points.reduce((a, b) => (b.edit > a.edit ? b : a));
    const at = ({ textGuidance, imageGuidance }: { textGuidance: number; imageGuidance: number }) =>
      `text ${textGuidance}, image ${imageGuidance}`;
    const rows = points.map((point) => [
      ...[String(point.imageGuidance), String(point.textGuidance), point.evaluations.toFixed(0)],
      ...[point.edit.toFixed(3), point.keep.toFixed(4)],
    ]);
    const markdown = [
      `${n} pairs, the true task, ${steps} steps. Text guidance s_T pulls towards the instruction, image guidance s_I towards ` +
        `the source; 1 is none. The model's defaults: ${at(defaults)}.`,
      "![Edit against keep for text and image guidance](guidance.svg)",
      table(["s_I", "s_T", "evaluations", "edit", "keep"], rows),
      `The best edit score here: ${best.edit.toFixed(3)} at ${at(best)}, keep ${best.keep.toFixed(4)}.`,
    ].join("\n\n");
    const summary = `best edit ${best.edit.toFixed(3)} at ${at(best)}`;
    return { markdown, plots: { guidance: plotOf(points) }, summary };
  },
};

function plotOf(points: readonly Point[]): Plot {
  const keep = { field: "keep", type: "quantitative" as const, title: "keep ↓", scale: { zero: false } };
  const edit = { field: "edit", type: "quantitative" as const, title: "edit ↑", scale: { zero: false } };
  return {
    title: {
      text: "Doing what is asked and leaving the rest alone",
      subtitle: "numbers: text guidance; top left is best",
    },
    data: { values: points.map((point) => ({ ...point, image: String(point.imageGuidance) })) },
    width: 480,
    height: 280,
    encoding: {
      x: keep,
      y: edit,
      color: { field: "image", type: "nominal", title: "image guidance", sort: imageGuidances.map(String) },
    },
    layer: [
      {
        mark: { type: "line", point: { size: 55 }, strokeWidth: 2 },
        encoding: { order: { field: "textGuidance", type: "quantitative" } },
      },
      { mark: { type: "text", dx: 11, dy: -8, fontSize: 10 }, encoding: { text: { field: "textGuidance" } } },
    ],
  };
}
