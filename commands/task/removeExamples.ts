import { MessageFlags } from "discord.js";
import { menuHandler } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { exampleKey } from "../../src/discord/learning/exampleKey.ts";
import { REMOVE } from "../../src/discord/learning/examplesCard.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";

/** "Take examples out …". */
export default menuHandler(REMOVE, async (interaction, { services, texts, key }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { tasks } = services;
  const task = await findTask(tasks, guild, { id: key }, "draft");
  const chosen = (await tasks.examples(task.id)).filter((each) => interaction.values.includes(exampleKey(each)));
  await tasks.removeExamples(task.id, chosen);
  await replyPrivately(interaction, texts.learning.removed(task.name, await tasks.countExamples(task.id)));
});
