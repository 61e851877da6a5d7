import { NONE } from "../../gpu-worker/tasks/predictor/config.ts";
import type { Prediction } from "../../gpu-worker/tasks/predictor/Prediction.ts";

export interface ScoredSentence {
  readonly task: string;
  readonly prediction: Pick<Prediction, "tasks" | "edit">;
}

/** As training/emend_predict/evaluate.py: task scores over what is an edit, and how edits are told from what is none. */
export interface PredictorScores {
  readonly sentences: number;
  /** Share whose task comes first, or first or second. */
  readonly top1: number;
  readonly top2: number;
  /** Expected calibration error of the first probability, 15 bins. */
  readonly ece: number;
  /** Share of what is no edit that is taken for none (edit < 0.5), and of edits that are. */
  readonly noneFound: number;
  readonly editsCalledNone: number;
}

const bins = 15;

export function scorePredictions(sentences: readonly ScoredSentence[]): PredictorScores {
  const edits = sentences.filter(({ task }) => task !== NONE);
  const others = sentences.filter(({ task }) => task === NONE);
  const rank = edits.map(({ task, prediction }) => prediction.tasks.findIndex(({ name }) => name === task));
  const calledNone = ({ prediction }: ScoredSentence) => prediction.edit < 0.5;
  return {
    sentences: sentences.length,
    top1: share(rank, (place) => place === 0),
    top2: share(rank, (place) => place === 0 || place === 1),
    ece: calibrationError(edits.map(({ prediction }, i) => [prediction.tasks[0]!.probability, rank[i] === 0])),
    noneFound: share(others, calledNone),
    editsCalledNone: share(edits, calledNone),
  };
}

function share<T>(all: readonly T[], test: (one: T) => boolean): number {
  return all.length === 0 ? Number.NaN : all.filter(test).length / all.length;
}

/** Σ over bins of confidence: |share that is right − mean confidence|, weighted by the bin's share (Guo et al. 2017). */
function calibrationError(guesses: readonly (readonly [confidence: number, right: boolean])[]): number {
  const gap = new Array<number>(bins).fill(0);
  for (const [confidence, right] of guesses) {
    const bin = Math.min(Math.floor(confidence * bins), bins - 1);
    gap[bin]! += Number(right) - confidence;
  }
  return gap.reduce((sum, each) => sum + Math.abs(each), 0) / guesses.length;
}
