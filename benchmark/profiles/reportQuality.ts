import type { Plot } from "../report/drawPlot.ts";
import { table } from "../report/table.ts";
import type { Quality, QualityRow } from "./measureQuality.ts";

/** What the outer layers cost of a whole evaluation: by multiplications, Stable Diffusion 1.5's U-Net at 256 px. */
export const shallowShare = 0.066;

/** The goal: an edit score that is lower, and a keep that is higher, by no more than this. */
export const margins = { edit: 0.02, keep: 0.005 } as const;

const workOf = ({ whole, shallow }: QualityRow): number => whole + shallowShare * shallow;

const signed = (value: number, digits: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;

/** Markdown below what was measured and on what. */
export function reportQuality({ n, tables, own }: Quality): string {
  return [
    `${n} pairs of the picture-book world (as in [the first table](README.md)), the true task given, the bundled model. *Whole* and *shallow* are evaluations of the U-Net and of its outer layers alone for one edit; *less work* is how many times fewer multiplications than in the first row those would be in a U-Net of Stable Diffusion 1.5's size at 256 px, where the outer layers are ${(100 * shallowShare).toFixed(1)} %. Differences are to the first row: the edit score may be lower by ${margins.edit} at most, and keep higher by ${margins.keep}.`,
    ...tables.flatMap(({ textGuidance, imageGuidance, rows }) => [
      `### Text guidance ${textGuidance}, image guidance ${imageGuidance}`,
      `![Edit score by work](profiles-${textGuidance}.svg)`,
      tableOf(rows),
      verdictOf(rows),
    ]),
    "### The model's own guidance",
    "The bundled model wants one step without guidance, where nothing can be left out; with 100 steps it does what diffusers would by default.",
    tableOf(own),
  ].join("\n\n");
}

function tableOf(rows: readonly QualityRow[]): string {
  const [first] = rows as [QualityRow];
  return table(
    ["setting", "edit", "Δ edit", "keep", "Δ keep", "whole", "shallow", "less work"],
    rows.map((row) => [
      row.name,
      row.edit.toFixed(3),
      row === first ? "" : signed(row.edit - first.edit, 3),
      row.keep.toFixed(4),
      row === first ? "" : signed(row.keep - first.keep, 4),
      row.whole.toFixed(1),
      row.shallow.toFixed(1),
      `${(workOf(first) / workOf(row)).toFixed(1)} ×`,
    ]),
  );
}

/** How the fast profile stands against the reference, in words. */
export function verdictOf(rows: readonly QualityRow[]): string {
  const first = rows[0]!;
  const fast = rows.find(({ group }) => group === "profile")!;
  const isWithin = first.edit - fast.edit <= margins.edit && fast.keep - first.keep <= margins.keep;
  const times = (workOf(first) / workOf(fast)).toFixed(1);
  return `The fast profile: ${times} × less work, edit ${signed(fast.edit - first.edit, 3)}, keep ${signed(fast.keep - first.keep, 4)}: ${isWithin ? "within" : "not within"} the goal.`;
}

/** Edit score against work, one point for each setting. */
export function qualityPlot({ textGuidance, imageGuidance, rows }: Quality["tables"][number]): Plot {
  const values = rows.map((row) => ({ ...row, work: workOf(row) }));
  return {
    title: {
      text: `Edit score by work, text guidance ${textGuidance}, image guidance ${imageGuidance}`,
      subtitle: "top left is best; the line is what the reference scores",
    },
    width: 520,
    height: 300,
    layer: [
      {
        data: { values: [{ edit: rows[0]!.edit }] },
        mark: { type: "rule", strokeDash: [4, 3], color: "#8c959f" },
        encoding: { y: { field: "edit", type: "quantitative" } },
      },
      {
        data: { values },
        mark: { type: "point", filled: true, size: 70 },
        encoding: {
          x: {
            ...{ field: "work", type: "quantitative", title: "work of one edit, in evaluations of the whole U-Net" },
            scale: { type: "log", base: 2 },
          },
          y: { field: "edit", type: "quantitative", title: "edit ↑", scale: { zero: false } },
          color: { field: "group", type: "nominal", title: "setting" },
          shape: { field: "group", type: "nominal" },
          tooltip: { field: "name", type: "nominal" },
        },
      },
    ],
  };
}
