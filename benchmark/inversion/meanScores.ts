import { mean } from "../report/statistics.ts";
import type { UnseenScore } from "./scorePairs.ts";

/** The means over some pairs. */
export const meanScores = (scores: readonly UnseenScore[]): UnseenScore => ({
  edit: mean(scores.map(({ edit }) => edit)),
  keep: mean(scores.map(({ keep }) => keep)),
  whole: mean(scores.map(({ whole }) => whole)),
});
