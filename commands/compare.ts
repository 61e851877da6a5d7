import { MessageFlags } from "discord.js";
import { buttonHandler } from "../src/discord/framework/Handler.ts";
import { bodyOf } from "../src/discord/learning/Card.ts";
import { compareCard } from "../src/discord/viewing/compareCard.ts";
import { findTurn } from "../src/discord/viewing/findTurn.ts";
import { readPictures } from "../src/discord/viewing/readPictures.ts";
import { COMPARE } from "../src/discord/viewing/viewButtons.ts";

/** "Compare" below a result: before and after, in private, for whoever wants to look. */
export default buttonHandler(COMPARE, async (interaction, { services, texts, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await findTurn(interaction, key, services);
  const card = await compareCard(turn, await readPictures(turn, services.blobs), texts);
  await services.postbox.editReply(interaction.token, bodyOf(card), card.files);
});
