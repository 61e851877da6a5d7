import { randomInt } from "node:crypto";
import type { RepliableInteraction } from "discord.js";
import type { GuildTask, Training } from "../../learning/GuildTask.ts";
import type { LearnOptions } from "../../queue/contract/LearnJob.ts";
import { faultOf } from "../delivery/discordCode.ts";
import { messageUrl } from "../delivery/messageUrl.ts";
import { destinationOf } from "../editing/destinationOf.ts";
import { replyPrivately } from "../framework/replyPrivately.ts";
import { Refusal } from "../Refusal.ts";
import type { Services } from "../Services.ts";
import type { Texts } from "../texts/en.ts";

/**
 * Begins a training, from the record to the job; its message in the channel shows the rest. The interaction has been
 * deferred.
 * @param taskId of the task as it will be after `record`
 * @param record writes the training into the task's record, and may refuse by throwing
 * @param undo what to do when the channel does not take the message
 * @throws Refusal `forbidden` where the bot may not post; what `record` throws
 */
export async function beginTraining(
  interaction: RepliableInteraction,
  { taskId, kind, ...options }: { readonly taskId: string; readonly kind: Training["kind"] } & LearnOptions,
  record: (training: Training) => Promise<GuildTask>,
  undo: (task: GuildTask) => Promise<unknown>,
  { trainings, trainer, settings }: Services,
  texts: Texts,
): Promise<void> {
  const mayNotPost = () => new Refusal("forbidden", ({ problems }) => problems.mayNotPost);
  if (destinationOf(interaction).destination !== "channel" || interaction.channelId === null) throw mayNotPost();
  const { language } = await settings.get(interaction.guildId);
  const training: Training = {
    ...{ id: interaction.id, kind, seed: randomInt(2 ** 32), author: interaction.user.id, startedAt: Date.now() },
    ...options,
    ...{ channel: interaction.channelId, message: null, ended: null },
    locale: language ?? interaction.guildLocale ?? interaction.locale,
  };
  // First of all, so that a crash anywhere below is noticed; see Trainer.
  await trainings.begin(training.id, taskId);
  let task: GuildTask;
  try {
    task = await record(training);
  } catch (error) {
    await trainings.settle(training.id);
    throw error;
  }
  try {
    task = await trainer.announce(task);
  } catch (error) {
    await undo(task);
    await trainings.settle(training.id);
    throw faultOf(error) === "forbidden" ? mayNotPost() : error;
  }
  await trainer.enqueue(task);
  const message = task.training?.message;
  if (message) {
    await replyPrivately(interaction, texts.learning.begun(messageUrl(task.guild, training.channel, message)));
  }
}
