import type { Plot } from "../report/drawPlot.ts";
import type { InversionData } from "./InversionData.ts";
import { methodNames, methodTitles } from "./methods.ts";
import { spreadFor } from "./spreadFor.ts";

/** Scores further down (a wrong edit can miss by any amount) are drawn at the lower edge. */
const lowest = -0.5;

/** Like the paper's Figure 10: score by number of examples, a panel for each task, a line for each method. */
export function inversionPlot(data: InversionData): Plot {
  const points = data.tasks.flatMap((task) =>
    methodNames.flatMap((method) =>
      data.counts.flatMap((count) => {
        const spread = spreadFor(data, method, task, count);
        if (!spread) return [];
        const [value, low, high] = [spread.mean, spread.low, spread.high].map((edit) => Math.max(lowest, edit));
        return [{ task, method: methodTitles[method], expert: method === "expert", count, value, low, high }];
      }),
    ),
  );
  const shown = methodNames.filter((method) => points.some((point) => point.method === methodTitles[method]));
  return {
    title: {
      text: "Unseen tasks by number of examples",
      subtitle:
        "edit score on held-out pairs; bars show the range over the sets of examples; a copy of the source scores 0",
    },
    data: { values: points },
    facet: { field: "task", type: "nominal", sort: [...data.tasks], title: null },
    columns: 4,
    spec: {
      width: 190,
      height: 170,
      encoding: {
        x: {
          ...{ field: "count", type: "quantitative", title: "examples", scale: { type: "log" } },
          axis: { values: [...data.counts], grid: false },
        },
        color: {
          ...{ field: "method", type: "nominal", title: null, sort: shown.map((method) => methodTitles[method]) },
          legend: { orient: "top" },
        },
      },
      layer: [
        {
          transform: [{ filter: "!datum.expert" }],
          mark: { type: "line", point: { size: 45 }, strokeWidth: 2 },
          encoding: { y: { field: "value", type: "quantitative", title: "edit ↑" } },
        },
        {
          transform: [{ filter: "datum.expert" }],
          mark: { type: "line", strokeDash: [5, 4], strokeWidth: 2 },
          encoding: { y: { field: "value", type: "quantitative" } },
        },
        {
          transform: [{ filter: "!datum.expert" }],
          mark: { type: "rule", strokeWidth: 1.2 },
          encoding: { y: { field: "low", type: "quantitative" }, y2: { field: "high" } },
        },
      ],
    },
  };
}
