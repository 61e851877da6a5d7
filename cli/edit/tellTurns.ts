import type { EditResult, EngineInfo } from "../../gpu-worker/engine/EditEngine.ts";

export interface TurnsMade {
  readonly info: Pick<EngineInfo, "model" | "checkpoint" | "safety">;
  /** Milliseconds until the model was loaded. */
  readonly load: number;
  /** One of each per turn. */
  readonly instructions: readonly string[];
  readonly outputs: readonly string[];
  readonly results: readonly EditResult[];
}

/** One line about a turn, for people. */
export function describeTurn({ milliseconds, task, steps, seed }: EditResult, output: string): string {
  const named = task === undefined ? "" : `, task ${task}`;
  return `${output} (${(milliseconds / 1000).toFixed(1)} s${named}, ${steps} steps, seed ${seed})`;
}

/** One line about how the edit was made. */
export const describeProfile = ({ name, resolution, decoder, reason }: EditResult["profile"]): string =>
  `emend: profile ${name} at ${resolution} px${decoder === "tiny" ? ", decoded by the tiny autoencoder" : ""}: ${reason}`;

/**
 * What `emend edit --json` prints: what holds for all turns, then `turns`. What is told of one edit only (its task, the
 * predictor's opinion, keptShare) stands at the top too where there is just one. `evaluations`,
 * `shallowEvaluations` and `milliseconds.edit` are sums.
 */
export function tellTurns({ info, load, instructions, outputs, results }: TurnsMade) {
  const { picture, profile, steps, textGuidance, imageGuidance, alpha, task, tasks, edit, keptShare } = results.at(-1)!;
  const sum = (of: (result: EditResult) => number) => results.reduce((total, result) => total + of(result), 0);
  return {
    model: info.model,
    checkpoint: info.checkpoint,
    safety: info.safety,
    ...(results.length > 1 ? {} : { task: task ?? null, tasks, edit, keptShare }),
    profile,
    ...{ seed: results[0]!.seed, steps, textGuidance, imageGuidance, alpha },
    evaluations: sum(({ evaluations }) => evaluations),
    shallowEvaluations: sum(({ shallowEvaluations }) => shallowEvaluations),
    milliseconds: { load: Math.round(load), edit: Math.round(sum(({ milliseconds }) => milliseconds)) },
    output: outputs.at(-1),
    width: picture.width,
    height: picture.height,
    turns: results.map((result, i) => ({
      instruction: instructions[i],
      task: result.task ?? null,
      /** The predictor's probability for the task; null without a predictor or a task. */
      confidence: result.tasks.find(({ name }) => name === result.task)?.probability ?? null,
      keptShare: result.keptShare,
      seed: result.seed,
      milliseconds: Math.round(result.milliseconds),
      output: outputs[i],
    })),
  };
}
