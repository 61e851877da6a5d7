import { MessageFlags } from "discord.js";
import { COMPARE } from "../src/discord/editing/resultButtons.ts";
import { buttonHandler } from "../src/discord/framework/Handler.ts";
import { bodyOf } from "../src/discord/learning/Card.ts";
import { compareCard } from "../src/discord/viewing/compareCard.ts";
import { findComparison } from "../src/discord/viewing/findComparison.ts";
import { inTurn } from "../src/discord/viewing/inTurn.ts";
import { MIDDLE } from "../src/discord/viewing/slidePosition.ts";

/** "Compare" below a result: before and after, in private, for whoever wants to look. */
export default buttonHandler(COMPARE, async (interaction, { services, texts, key }) => {
  // Always an answer of its own: a result may stand in a private reply, too, and must stay there.
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const comparison = await findComparison(interaction, key, undefined, services, texts);
  const card = await inTurn(() => compareCard(comparison, texts, MIDDLE));
  await services.postbox.editReply(interaction.token, bodyOf(card), card.files);
});
