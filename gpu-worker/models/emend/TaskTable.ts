import { z } from "zod";
import { badModel } from "../../checkpoint/badModel.ts";
import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";

const schema = z.object({
  _class_name: z.literal("TaskTable"),
  tasks: z.array(z.string().min(1)).min(1).max(1000),
  dim: z.int().positive(),
});

export interface TaskProbability {
  readonly name: string;
  /** 0 … 1; all tasks sum to 1. */
  readonly probability: number;
}

/** The learned vector of every task, and the predictor that guesses the task of an instruction. */
export class TaskTable {
  readonly vectors: ReadonlyMap<string, Float32Array>;
  readonly #weight: Float32Array;
  readonly #bias: Float32Array;

  private constructor(vectors: ReadonlyMap<string, Float32Array>, weight: Float32Array, bias: Float32Array) {
    this.vectors = vectors;
    this.#weight = weight;
    this.#bias = bias;
  }

  /**
   * Reads the `tasks` part.
   * @param dim width of a task vector; textWidth: of the pooled text state
   * @throws EmendError `bad_model`
   */
  static async open(part: CheckpointPart, dim: number, textWidth: number): Promise<TaskTable> {
    const config = await part.readJson("config.json", schema);
    if (config.dim !== dim) throw badModel(`${part.label}/config.json`, `dim: ${config.dim} is not the U-Net's ${dim}`);
    const names = config.tasks;
    if (new Set(names).size !== names.length)
      throw badModel(`${part.label}/config.json`, "tasks: a name is there twice");
    const store = await openTensors(part, "model");
    const table = await store.read("task_embeddings", [names.length, dim]);
    const vectors = new Map(names.map((name, i) => [name, table.subarray(i * dim, (i + 1) * dim)]));
    return new TaskTable(
      vectors,
      await store.read("predictor.weight", [names.length, textWidth]),
      await store.read("predictor.bias", [names.length]),
    );
  }

  /** softmax(W · pooled + b), most probable first. */
  predict(pooled: Float32Array): TaskProbability[] {
    const logits = Array.from(this.#bias, (bias, i) => {
      const row = this.#weight.subarray(i * pooled.length, (i + 1) * pooled.length);
      return row.reduce((sum, weight, j) => sum + weight * pooled[j]!, bias);
    });
    const highest = Math.max(...logits);
    const powers = logits.map((logit) => Math.exp(logit - highest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return [...this.vectors.keys()]
      .map((name, i) => ({ name, probability: powers[i]! / total }))
      .sort((a, b) => b.probability - a.probability);
  }
}
