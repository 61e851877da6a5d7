import type { PredictorConfig } from "./config.ts";
import type { TaskProbability } from "./Prediction.ts";

type Routing = NonNullable<PredictorConfig["routing"]>;

/**
 * Tasks that were learned after the predictor was trained (METHOD §4), without retraining it: each task is summed up by a
 * few sentence embeddings, its prototypes (Snell et al. 2017), and an instruction belongs to a learned task when it is
 * nearer to that than to anything known. training/emend_predict/prototypes.py fits the rule.
 */
export class LearnedTaskRouter {
  readonly #routing: Routing;
  readonly #known: readonly Float32Array[];

  /** @param known prototypes of the known tasks, of length 1 */
  constructor(routing: Routing, known: readonly Float32Array[]) {
    this.#routing = routing;
    this.#known = known;
  }

  /**
   * Gives learned tasks their share: with p_i = sigmoid(near · n_i + known · n_known + bias), where n is the mean cosine to
   * the two nearest prototypes, the known tasks keep 1 − max p, and the learned ones divide the rest by their p.
   * @param learned prototypes of each learned task, of length 1
   */
  route(
    embedding: Float32Array,
    known: readonly TaskProbability[],
    learned: ReadonlyMap<string, readonly Float32Array[]>,
  ): { tasks: TaskProbability[]; share: number } {
    if (learned.size === 0) return { tasks: [...known], share: 0 };
    const far = nearness(embedding, this.#known);
    const { near, known: weight, bias } = this.#routing;
    const wanted = [...learned].map(([name, prototypes]) => {
      const z = near * nearness(embedding, prototypes) + weight * far + bias;
      return { name, probability: 1 / (1 + Math.exp(-z)) };
    });
    const share = Math.max(...wanted.map(({ probability }) => probability));
    const total = wanted.reduce((sum, { probability }) => sum + probability, 0);
    const scaled = (tasks: readonly TaskProbability[], factor: number) =>
      tasks.map(({ name, probability }) => ({ name, probability: probability * factor }));
    return { tasks: [...scaled(known, 1 - share), ...scaled(wanted, total === 0 ? 0 : share / total)], share };
  }
}

/** The mean cosine to the two nearest prototypes: one odd example then does not decide. */
function nearness(embedding: Float32Array, prototypes: readonly Float32Array[]): number {
  let [first, second] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const prototype of prototypes) {
    let cosine = 0;
    for (let i = 0; i < embedding.length; i++) cosine += embedding[i]! * prototype[i]!;
    if (cosine > first) [first, second] = [cosine, first];
    else if (cosine > second) second = cosine;
  }
  return prototypes.length === 1 ? first : (first + second) / 2;
}
