import { MessageFlags } from "discord.js";
import { buttonHandler } from "../../src/discord/framework/Handler.ts";
import { cancelTraining } from "../../src/discord/learning/cancelTraining.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { CANCEL } from "../../src/discord/learning/trainingCard.ts";

/** "Cancel" below a training. */
export default buttonHandler(CANCEL, async (interaction, { key, ...surroundings }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await cancelTraining(interaction, guild, { id: key }, surroundings);
});
