import { MessageFlags } from "discord.js";
import { buttonHandler } from "../../src/discord/framework/Handler.ts";
import { bodyOf } from "../../src/discord/learning/Card.ts";
import { findTurn } from "../../src/discord/viewing/findTurn.ts";
import { historyCard } from "../../src/discord/viewing/historyCard.ts";
import { HISTORY } from "../../src/discord/viewing/viewButtons.ts";

/** "History" below a result: the tree it stands in, in private. */
export default buttonHandler(HISTORY, async (interaction, { services, texts, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await findTurn(interaction, key, services);
  const card = await historyCard(turn, interaction, services, texts);
  await services.postbox.editReply(interaction.token, bodyOf(card), card.files);
});
