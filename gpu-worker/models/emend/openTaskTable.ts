import { z } from "zod";
import { badModel } from "../../checkpoint/badModel.ts";
import type { CheckpointPart } from "../../checkpoint/CheckpointPart.ts";
import { openTensors } from "../../checkpoint/openTensors.ts";

const schema = z.object({
  _class_name: z.literal("TaskTable"),
  tasks: z.array(z.string().min(1)).min(1).max(1000),
  dim: z.int().positive(),
});

/**
 * The learned vector of every task, by name, from the `tasks` part. Older tables hold a predictor as well, which nothing
 * reads any more.
 * @param dim width of a task vector
 * @throws EmendError `bad_model`
 */
export async function openTaskTable(part: CheckpointPart, dim: number): Promise<Map<string, Float32Array>> {
  const config = await part.readJson("config.json", schema);
  if (config.dim !== dim) throw badModel(`${part.label}/config.json`, `dim: ${config.dim} is not the U-Net's ${dim}`);
  const names = config.tasks;
  if (new Set(names).size !== names.length) throw badModel(`${part.label}/config.json`, "tasks: a name is there twice");
  const store = await openTensors(part, "model");
  const table = await store.read("task_embeddings", [names.length, dim]);
  return new Map(names.map((name, i) => [name, table.subarray(i * dim, (i + 1) * dim)]));
}
