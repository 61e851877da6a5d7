import { MessageFlags } from "discord.js";
import { buttonHandler } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { DELETE } from "./delete.ts";

/** "Delete", below the question whether. */
export default buttonHandler(DELETE, async (interaction, { services, texts, key }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const task = await findTask(services.tasks, guild, { id: key }, "draft", "learned", "published");
  await services.tasks.delete(task);
  await replyPrivately(interaction, texts.learning.deleted(task.name));
});
