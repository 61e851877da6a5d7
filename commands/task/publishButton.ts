import { MessageFlags } from "discord.js";
import { buttonHandler } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { inState } from "../../src/discord/learning/inState.ts";
import { refreshCard } from "../../src/discord/learning/refreshCard.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { PUBLISH } from "../../src/discord/learning/taskCard.ts";

/** "Publish": from now on members see it, and requests are routed to it. */
export default buttonHandler(PUBLISH, async (interaction, { services, texts, key }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { id } = await findTask(services.tasks, guild, { id: key }, "learned");
  const task = await services.tasks.update(id, (now) => ({ ...inState(now, ["learned"]), state: "published" }));
  await refreshCard(interaction, task, services);
  await replyPrivately(interaction, texts.learning.published(task.name));
});
