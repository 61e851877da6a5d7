import type { RepliableInteraction } from "discord.js";
import { TaskProblem } from "../../learning/TaskProblem.ts";
import type { Surroundings } from "../framework/Handler.ts";
import { replyPrivately } from "../framework/replyPrivately.ts";
import { findTask, type TaskHandle } from "./findTask.ts";

/** @throws TaskProblem `unknown`, `gone`, `not-in-training` */
export async function cancelTraining(
  interaction: RepliableInteraction,
  guild: string,
  handle: TaskHandle,
  { services, texts }: Surroundings,
): Promise<void> {
  const { name, state, training } = await findTask(services.tasks, guild, handle);
  if (state !== "training" || !training) throw new TaskProblem({ kind: "not-in-training", name });
  await services.trainer.cancel(training.id);
  await replyPrivately(interaction, texts.learning.cancelling);
}
