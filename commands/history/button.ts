import { MessageFlags } from "discord.js";
import { HISTORY } from "../../src/discord/editing/resultButtons.ts";
import { buttonHandler } from "../../src/discord/framework/Handler.ts";
import { requireViewable } from "../../src/discord/viewing/requireViewable.ts";
import { sendHistory } from "../../src/discord/viewing/sendHistory.ts";

/** "History" below a result: the tree it stands in, in private. */
export default buttonHandler(HISTORY, async (interaction, { services, texts, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await sendHistory(interaction, await requireViewable(interaction, key, services), services, texts);
});
