import type { Plot } from "./drawPlot.ts";

export interface Bar {
  /** The group it stands in, and its colour. */
  readonly group: string;
  readonly series: string;
  readonly value: number;
  /** The ends of its error bar. */
  readonly low?: number;
  readonly high?: number;
}

export interface BarsOptions {
  readonly title: string;
  readonly subtitle?: string;
  /** What the colours mean. */
  readonly legend: string;
  /** Of one bar, in pixels. */
  readonly barWidth?: number;
}

/** Bars side by side in groups, in the order in which they come, with error bars where there are any. */
export function groupedBars(bars: readonly Bar[], { title, subtitle, legend, barWidth = 14 }: BarsOptions): Plot {
  const groups = [...new Set(bars.map(({ group }) => group))];
  const series = [...new Set(bars.map((bar) => bar.series))];
  return {
    title: { text: title, ...(subtitle !== undefined && { subtitle }) },
    data: { values: [...bars] },
    width: { step: barWidth },
    height: 220,
    encoding: {
      x: {
        ...{ field: "group", type: "nominal", sort: groups, title: null },
        axis: { labelAngle: groups.length > 6 ? -40 : 0, labelLimit: 140 },
      },
      xOffset: { field: "series", sort: series },
    },
    layer: [
      {
        mark: "bar",
        encoding: {
          y: { field: "value", type: "quantitative", title: "edit ↑" },
          color: { field: "series", type: "nominal", title: legend, sort: series },
        },
      },
      {
        transform: [{ filter: "isValid(datum.low)" }],
        mark: { type: "rule", strokeWidth: 1.4 },
        encoding: { y: { field: "low", type: "quantitative" }, y2: { field: "high" } },
      },
    ],
  };
}
