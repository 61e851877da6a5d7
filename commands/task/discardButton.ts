import { MessageFlags } from "discord.js";
import { buttonHandler } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { refreshCard } from "../../src/discord/learning/refreshCard.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { DISCARD } from "../../src/discord/learning/taskCard.ts";

/** "Discard": what was learned goes, the examples stay, and the task can be trained again. */
export default buttonHandler(DISCARD, async (interaction, { services, texts, key }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const task = await services.tasks.discard(await findTask(services.tasks, guild, { id: key }, "learned"));
  await refreshCard(interaction, task, services);
  await replyPrivately(interaction, texts.learning.discarded(task.name));
});
