import { mean } from "../report/statistics.ts";
import { jackknife } from "./jackknife.ts";
import type { Chain, SceneRow, TurnScore } from "./SceneRow.ts";

export interface AlphaSummary {
  readonly alpha: number;
  /** Share of what the instructions ask for, pooled over all scenes (a copy of the turn before is 0, perfection 1). */
  readonly single: number;
  readonly chained: number;
  /** `chained` / `single` with its standard error. */
  readonly share: number;
  readonly shareError: number;
  /** The same for the last turn alone. */
  readonly lastSingle: number;
  readonly lastChained: number;
  readonly lastShare: number;
  readonly lastShareError: number;
  /** After the last turn, against the exact answer. */
  readonly exactL1: number;
  readonly exactLooks: number;
  /** Mean over the turns, against the turn before. */
  readonly stepL1: number;
  readonly stepLooks: number;
  /** Of the pixels that no instruction named, the share with the first picture's bits; those far from any named. */
  readonly identical: number;
  readonly farIdentical: number;
}

/** What the scenes say about each threshold. */
export function summarise(scenes: readonly SceneRow[], alphas: readonly number[]): AlphaSummary[] {
  return alphas.map((alpha) => {
    const chains = scenes.flatMap((scene) => scene.chains.filter((each) => each.alpha === alpha));
    const singles = scenes.flatMap((scene) => scene.singles.filter((each) => each.alpha === alpha));
    const last = chains.map(({ turns }) => turns.at(-1)!);
    const all = chains.flatMap(({ turns }) => turns);
    const pairs = chains.map((chain, i) => ({ chain: chain.turns, single: singles[i]!.turns }));
    const shareOf = (some: typeof pairs, from: number) =>
      pooled(some.flatMap(({ chain }) => chain.slice(from))) / pooled(some.flatMap(({ single }) => single.slice(from)));
    const share = (of: (chain: Chain) => number, among: (chain: Chain) => number) =>
      chains.reduce((sum, each) => sum + of(each), 0) / chains.reduce((sum, each) => sum + among(each), 0);
    return {
      alpha,
      single: pooled(singles.flatMap(({ turns }) => turns)),
      chained: pooled(all),
      share: shareOf(pairs, 0),
      shareError: jackknife(pairs, (some) => shareOf([...some], 0)),
      lastSingle: pooled(singles.map(({ turns }) => turns.at(-1)!)),
      lastChained: pooled(last),
      lastShare: shareOf(pairs, -1),
      lastShareError: jackknife(pairs, (some) => shareOf([...some], -1)),
      exactL1: mean(last.map((each) => each.exactL1)),
      exactLooks: mean(last.map((each) => each.exactLooks)),
      stepL1: mean(all.map((each) => each.stepL1)),
      stepLooks: mean(all.map((each) => each.stepLooks)),
      identical: share(
        ({ identical }) => identical,
        ({ unnamed }) => unnamed,
      ),
      farIdentical: share(
        ({ farIdentical }) => farIdentical,
        ({ farUnnamed }) => farUnnamed,
      ),
    };
  });
}

/** 1 − Σ missed / Σ wanted. */
function pooled(turns: readonly TurnScore[]): number {
  const sum = (of: (turn: TurnScore) => number) => turns.reduce((total, turn) => total + of(turn), 0);
  return 1 - sum(({ missed }) => missed) / sum(({ wanted }) => wanted);
}
