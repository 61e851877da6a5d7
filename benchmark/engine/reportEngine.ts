import { describeMachine } from "../report/machine.ts";
import { table } from "../report/table.ts";
import type { EngineRow, EngineSection } from "./EngineSection.ts";

const headings = {
  unet: "One evaluation of the U-Net",
  gradient: "A pass forward and back",
  edit: "A whole edit",
  learning: "A step of learning a task",
} as const;

const milliseconds = (value: number | undefined) =>
  value === undefined ? "–" : value < 100 ? value.toFixed(1) : value.toFixed(0);
const seconds = (value: number | undefined) => (value === undefined ? "–" : (value / 1000).toFixed(1));
const mebibytes = (value: number | undefined) => value?.toFixed(0) ?? "–";
const name = ({ title, version }: EngineRow) => (version ? `${title} (${version})` : title);

/** All sections as Markdown. */
export const reportEngine = (sections: readonly EngineSection[]): string =>
  sections
    .map((section) => {
      const { kind, size, description, command, date, missing } = section;
      return [
        `## ${headings[kind]}: ${description}, ${size} × ${size} px`,
        `\`${command}\`, ${date}. ${describeMachine(section.machine)}.`,
        tables[kind](section.rows),
        ...[verdict(section), missing.join("\n")].filter((line) => line !== ""),
      ].join("\n\n");
    })
    .join("\n\n");

const perEvaluation = (rows: readonly EngineRow[]) =>
  table(
    [
      "",
      "ms, median",
      "ratio",
      "fastest",
      "processor ms",
      "cold start, s",
      "prepared in, s",
      "own MiB",
      "total MiB",
      "differs by",
    ],
    rows.map((row) => [
      ...[name(row), milliseconds(row.median), row.ratio?.toFixed(2) ?? "–"],
      ...[milliseconds(row.fastest), milliseconds(row.processor)],
      ...[seconds(row.cold), seconds(row.prepared), mebibytes(row.own), mebibytes(row.total)],
      row.difference?.toExponential(0) ?? "–",
    ]),
  );

const tables: Record<EngineSection["kind"], (rows: readonly EngineRow[]) => string> = {
  unet: perEvaluation,
  gradient: perEvaluation,
  edit: (rows) =>
    table(
      ["", "whole edit, s", "a step, s", "prepared in, s", "own MiB", "total MiB", "steps run"],
      rows.map((row) => [
        ...[name(row), seconds(row.whole), seconds(row.median), seconds(row.prepared)],
        ...[
          mebibytes(row.own),
          mebibytes(row.total),
          row.steps === undefined ? "all" : `${row.steps}, rest extrapolated`,
        ],
      ]),
    ),
  learning: (rows) =>
    table(
      ["", "a step, s, median", "fastest", "own MiB", "total MiB"],
      rows.map((row) => [
        ...[name(row), seconds(row.median), seconds(row.fastest), mebibytes(row.own), mebibytes(row.total)],
      ]),
    ),
};

/** Targets of a float32 evaluation: time and memory to the best float32 peer, seconds of a cold start. */
const targets = { time: 0.9, memory: 0.7, cold: 10 };
const ratio = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : a / b;

const timeOf = (row: EngineRow) => row.whole ?? row.median;

function verdict({ kind, rows }: EngineSection): string {
  const own = rows.find((row) => row.name === "engine");
  const exact = rows.filter((row) => row !== own && row.exact);
  if (!own || exact.length === 0) return "";
  const ratioTo = (row: EngineRow) => row.ratio ?? timeOf(own) / timeOf(row);
  const best = exact.reduce((a, b) => (ratioTo(b) > ratioTo(a) ? b : a));
  const said = (what: string, value: number | undefined, target: number, digits = 2) => {
    if (value === undefined) return undefined;
    const met = value <= target ? "met" : "**missed**";
    return `${what} ${value.toFixed(digits)} (target ≤ ${target}${kind === "unet" ? `, ${met}` : ""})`;
  };
  const parts = [
    said("time", ratioTo(best), targets.time),
    said("memory of its own", ratio(own.own, best.own), targets.memory),
    said("memory with mapped files", ratio(own.total, best.total), targets.memory),
  ];
  const cold = own.cold === undefined ? undefined : said("Cold start in seconds:", own.cold / 1000, targets.cold, 1);
  const processor = ratio(own.processor, best.processor);
  if (processor !== undefined) parts.push(`processor time ${processor.toFixed(2)}`);
  const to = `To the fastest float32 peer, ${best.title}: ${parts.filter((part) => part).join(", ")}.`;
  return [to, ...(cold ? [`${cold}.`] : [])].join(" ");
}
