import { MessageFlags } from "discord.js";
import { menuHandler } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { Refusal } from "../../src/discord/Refusal.ts";
import type { PictureRef } from "../../src/queue/contract/scalars.ts";
import { CHOOSE_DRAFT } from "./addAsExample.ts";

/** The draft that a result becomes an example of. Its pictures are copied, so that they go when the task goes. */
export default menuHandler(CHOOSE_DRAFT, async (interaction, { services, texts, key }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { tasks, turns, blobs } = services;
  const turn = await turns.get(key);
  if (turn?.outcome?.status !== "done" || turn.guild !== guild) {
    throw new Refusal("not_found", ({ problems }) => problems.noResult);
  }
  const task = await findTask(tasks, guild, { id: interaction.values[0] ?? "" }, "draft");
  const copy = async (picture: PictureRef) => {
    await tasks.files.of(task.id).put(await blobs.get(picture.sha256));
    return picture;
  };
  const pair = { before: await copy(turn.source), after: await copy(turn.outcome.picture) };
  const about = { v: 1, instruction: turn.instruction, author: interaction.user.id, addedAt: Date.now() } as const;
  await tasks.addExamples(task.id, [{ ...about, ...pair }]);
  await replyPrivately(interaction, texts.learning.added(task.name, await tasks.countExamples(task.id), ""));
});
