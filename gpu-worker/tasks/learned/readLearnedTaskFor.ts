import { EmendError } from "../../../src/errors/EmendError.ts";
import type { EditModel } from "../../models/EditModel.ts";
import { needsTask } from "../../models/needsTask.ts";
import type { LearnedTask } from "./LearnedTask.ts";
import { readLearnedTask } from "./learnedTaskFile.ts";

/**
 * Reads a learned task that is to be used with this model.
 * @throws EmendError `bad_usage` when the file is damaged, or was learned on another checkpoint
 */
export async function readLearnedTaskFor(model: EditModel, file: Uint8Array): Promise<LearnedTask> {
  const learned = readLearnedTask(file);
  const name = JSON.stringify(learned.name);
  if (learned.checkpoint !== (await model.hash())) {
    const message = `the task ${name} was learned on another checkpoint than ${model.name}; learn it again on this one.`;
    throw new EmendError("bad_usage", message);
  }
  if (model.tasks.has(learned.name)) {
    throw new EmendError("bad_usage", `the model has a task ${name} of its own; rename the learned one.`);
  }
  const { task, tokens, time } = learned.conditioning;
  const { context, time: timeWidth } = model.widths;
  const fits =
    (needsTask(model) ? task?.length === context && !time : !task) &&
    (tokens === undefined || tokens.length % context === 0) &&
    (time === undefined || time.length === timeWidth);
  if (!fits) throw new EmendError("bad_usage", `the task ${name} has vectors of another length than the model's.`);
  return learned;
}
