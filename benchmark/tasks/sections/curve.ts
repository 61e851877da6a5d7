import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { EmendError } from "../../../src/errors/EmendError.ts";
import type { Plot } from "../../report/drawPlot.ts";
import { table } from "../../report/table.ts";
import type { Section } from "../Section.ts";

const pointSchema = z.object({
  /** Pictures that the model has been trained on. */
  samples: z.number().nonnegative(),
  /** Of training. */
  hours: z.number().nonnegative(),
  edit: z.number(),
  keep: z.number().optional(),
  note: z.string().optional(),
});

type Point = z.infer<typeof pointSchema>;

export interface Curve {
  readonly points: readonly Point[];
}

function parse(file: string, text: string): Point[] {
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      return [pointSchema.parse(JSON.parse(line))];
    } catch (cause) {
      const wanted = '{"samples": …, "hours": …, "edit": …}';
      throw new EmendError("bad_usage", `${file}, line ${i + 1}: expected ${wanted}.`, { cause });
    }
  });
}

/** How the bundled model's score grew while it was trained; the numbers are noted in docs/benchmarks/training.jsonl. */
export const curve: Section<Curve> = {
  name: "curve",
  title: "Training of the bundled model",
  ofModel: false,

  async measure(_, { training }) {
    const text = await readFile(training, "utf8").catch((cause) => {
      throw new EmendError("not_found", `${training} is not there: one line for each save of the training.`, { cause });
    });
    const points = parse(basename(training), text);
    if (points.length > 0) return { points };
    throw new EmendError("not_found", `${training} is empty: one line for each save of the training.`);
  },

  report({ points }) {
    const last = points.at(-1)!;
    const rows = points.map(({ samples, hours, edit, keep, note }) => [
      ...[samples.toLocaleString("en"), hours.toFixed(1), edit.toFixed(3), keep?.toFixed(4) ?? "–", note ?? ""],
    ]);
    const markdown = [
      "The score on held-out pairs while the model was trained (training/README.md has the command).",
      "![Score by pictures and by hours of training](curve.svg)",
      table(["pictures", "hours", "edit", "keep", "note"], rows),
    ].join("\n\n");
    const summary = `edit ${last.edit.toFixed(3)} after ${last.samples.toLocaleString("en")} pictures, ${last.hours.toFixed(1)} h`;
    return { markdown, plots: { curve: plotOf(points) }, summary };
  },
};

function plotOf(points: readonly Point[]): Plot {
  const panel = (field: "samples" | "hours", title: string, format: string) => ({
    width: 300,
    height: 220,
    mark: { type: "line" as const, point: { size: 40 }, strokeWidth: 2 },
    encoding: {
      x: {
        field,
        type: "quantitative" as const,
        title,
        scale: { domainMin: 0 },
        axis: { format, tickCount: 6, grid: false },
      },
      y: { field: "edit", type: "quantitative" as const, title: "edit ↑" },
      order: { field: "samples", type: "quantitative" as const },
    },
  });
  return {
    title: "Held-out score during training",
    data: { values: points.map(({ samples, hours, edit }) => ({ samples, hours, edit })) },
    spacing: 30,
    hconcat: [panel("samples", "pictures", "~s"), panel("hours", "hours", "~g")],
  };
}
