import type { Config, TopLevelSpec } from "vega-lite";
import { EmendError } from "../../src/errors/EmendError.ts";

export type Plot = TopLevelSpec;

/** One look for all plots; colours that colour-blind readers can tell apart (Okabe & Ito). */
const look = {
  background: "#ffffff",
  font: "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif",
  padding: 12,
  title: { anchor: "start", fontSize: 14, fontWeight: 600, offset: 12, subtitleFontSize: 12, subtitleColor: "#57606a" },
  axis: { labelFontSize: 11, titleFontSize: 12, titleFontWeight: 500, gridColor: "#eaeef2", domainColor: "#8c959f" },
  legend: { labelFontSize: 11, labelLimit: 260, titleFontSize: 12, titleFontWeight: 500 },
  header: { labelFontSize: 12, titleFontSize: 12 },
  view: { stroke: null },
  bar: { color: "#0072b2" },
  line: { color: "#0072b2" },
  point: { color: "#0072b2" },
  range: { category: ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9"] },
} satisfies Config;

/**
 * Draws a Vega-Lite plot as SVG.
 * @throws EmendError `bad_usage` when the packages for developers are not installed
 */
export async function drawPlot(plot: Plot): Promise<string> {
  const [vega, lite] = await Promise.all([import("vega"), import("vega-lite")]).catch((cause) => {
    throw new EmendError("bad_usage", "plots need vega and vega-lite: run npm install without --omit=dev.", { cause });
  });
  const { spec } = lite.compile({ ...plot, config: look }, { logger: vega.logger(vega.Error) });
  const view = new vega.View(vega.parse(spec), { renderer: "none", logger: vega.logger(vega.Error) });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}
