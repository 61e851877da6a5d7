import { MessageFlags } from "discord.js";
import { buttonHandler } from "../../src/discord/framework/Handler.ts";
import { bodyOf } from "../../src/discord/learning/Card.ts";
import { examplesCard, PAGE } from "../../src/discord/learning/examplesCard.ts";
import { parsePage } from "../../src/discord/learning/examplesPage.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";

/** "Next page" of `/task examples`. */
export default buttonHandler(PAGE, async (interaction, { services, texts, key }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { id, page } = parsePage(key);
  const task = await findTask(services.tasks, guild, { id });
  const card = await examplesCard(task, page, interaction.attachmentSizeLimit, services.tasks, texts);
  await services.postbox.editReply(interaction.token, bodyOf(card), card.files);
});
