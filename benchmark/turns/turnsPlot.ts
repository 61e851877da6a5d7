import type { Plot } from "../report/drawPlot.ts";
import type { TurnScore } from "./SceneRow.ts";
import type { TurnsData } from "./TurnsData.ts";

const panels: readonly (readonly [string, (turn: TurnScore) => number])[] = [
  ["looks, against the turn before", ({ stepLooks }) => stepLooks],
  ["L1, against the turn before", ({ stepL1 }) => stepL1],
  ["looks, against the exact answer", ({ exactLooks }) => exactLooks],
  ["L1, against the exact answer", ({ exactL1 }) => exactL1],
];

/** As the paper's Figure 11: distance by turn, a line for each α, a panel for each distance. */
export function turnsPlot({ scenes, curves }: TurnsData): Plot {
  const values = panels.flatMap(([panel, of]) =>
    curves.flatMap(({ alpha, turns }) =>
      turns.map((turn, i) => ({ panel, alpha: String(alpha), turn: i + 1, value: of(turn) })),
    ),
  );
  return {
    title: { text: "Distance by turn and threshold", subtitle: `mean over ${scenes} scenes; lower is nearer` },
    data: { values },
    facet: { field: "panel", type: "nominal", sort: panels.map(([panel]) => panel), title: null },
    columns: 2,
    spec: {
      ...{ width: 270, height: 180 },
      mark: { type: "line", point: { size: 25 }, strokeWidth: 1.6 },
      encoding: {
        x: { field: "turn", type: "quantitative", title: "turn", axis: { tickMinStep: 1, grid: false } },
        y: { field: "value", type: "quantitative", title: null, scale: { zero: true } },
        color: {
          ...{ field: "alpha", type: "ordinal", title: "α", sort: curves.map(({ alpha }) => String(alpha)) },
          scale: { scheme: "viridis" },
        },
      },
    },
    resolve: { scale: { y: "independent" } },
  };
}
