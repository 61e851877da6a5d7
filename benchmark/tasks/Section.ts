import type { Plot } from "../report/drawPlot.ts";
import type { Bench } from "./Bench.ts";

/** What the command's flags say to sections that are not about pairs alone. */
export interface SectionSettings {
  /** The command's folder for what was measured. */
  readonly work: string;
  /** Training seeds and pictures of each arm of the ablations. */
  readonly seeds: number;
  readonly samples: number;
  readonly python?: string;
  /** The JSONL file of the bundled model's training. */
  readonly training: string;
  /** One line about what goes on. */
  readonly say: (line: string) => void;
}

/** Markdown without a heading; it shows a plot as `![…](NAME.svg)`. */
export interface Report {
  readonly markdown: string;
  readonly plots: Readonly<Record<string, Plot>>;
  /** One line for the terminal. */
  readonly summary: string;
}

/** A part of docs/benchmarks: measuring gives JSON, and the page is made of the JSON alone. */
export interface Section<Data> {
  readonly name: string;
  readonly title: string;
  /** It measures the model that the command is about. */
  readonly ofModel: boolean;
  /** @throws EmendError `not_found` when something is missing that this section, but no other, needs */
  readonly measure: (bench: Bench, settings: SectionSettings) => Promise<Data>;
  readonly report: (data: Data) => Report;
}
