import { mean } from "../report/statistics.ts";
import type { CompositionScore, FilterCount, SceneRow, TurnScore } from "./SceneRow.ts";
import type { TurnsData } from "./TurnsData.ts";

/** Means of the chains' turns and of the compositions, and sums of the filters' counts, over the scenes. */
export function meanRows(
  scenes: readonly SceneRow[],
  alphas: readonly number[],
): Pick<TurnsData, "curves" | "filters" | "composition"> {
  const first = scenes[0]!;
  const curves = alphas.map((alpha) => {
    const chains = scenes.flatMap((scene) => scene.chains.filter((each) => each.alpha === alpha));
    const length = chains[0]!.turns.length;
    return { alpha, turns: Array.from({ length }, (_, turn) => meanOf(chains.map(({ turns }) => turns[turn]!))) };
  });
  const filters = first.filters.map(({ filter, alpha }): FilterCount => {
    const same = scenes.flatMap((scene) =>
      scene.filters.filter((each) => each.filter === filter && each.alpha === alpha),
    );
    const sum = (of: (count: FilterCount) => number) => same.reduce((total, each) => total + of(each), 0);
    return {
      ...{ filter, alpha },
      changed: sum((each) => each.changed),
      missed: sum((each) => each.missed),
      others: sum((each) => each.others),
      touched: sum((each) => each.touched),
    };
  });
  const composition = first.composition.map(({ method, answer }): CompositionScore => {
    const same = scenes.flatMap((scene) =>
      scene.composition.filter((each) => each.method === method && each.answer === answer),
    );
    return { method, answer, l1: mean(same.map(({ l1 }) => l1)), looks: mean(same.map(({ looks }) => looks)) };
  });
  return { curves, filters, composition };
}

function meanOf(scores: readonly TurnScore[]): TurnScore {
  const names = Object.keys(scores[0]!) as (keyof TurnScore)[];
  return Object.fromEntries(
    names.map((name) => [name, mean(scores.map((score) => score[name]))]),
  ) as unknown as TurnScore;
}
