import { MessageFlags } from "discord.js";
import { buttonHandler } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { inState } from "../../src/discord/learning/inState.ts";
import { refreshCard } from "../../src/discord/learning/refreshCard.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { UNPUBLISH } from "../../src/discord/learning/taskCard.ts";

/** "Take back": members no longer see it. */
export default buttonHandler(UNPUBLISH, async (interaction, { services, texts, key }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { id } = await findTask(services.tasks, guild, { id: key }, "published");
  const task = await services.tasks.update(id, (now) => ({ ...inState(now, ["published"]), state: "learned" }));
  await refreshCard(interaction, task, services);
  await replyPrivately(interaction, texts.learning.unpublished(task.name));
});
