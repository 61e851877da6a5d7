import { MessageFlags } from "discord.js";
import { buttonHandler } from "../src/discord/framework/Handler.ts";
import { findTurn } from "../src/discord/viewing/findTurn.ts";
import { requirePictures } from "../src/discord/viewing/requirePictures.ts";
import { sendComparison } from "../src/discord/viewing/sendComparison.ts";
import { COMPARE } from "../src/discord/viewing/viewButtons.ts";

/** "Compare" below a result: before and after, in private, for whoever wants to look. */
export default buttonHandler(COMPARE, async (interaction, { services, texts, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await findTurn(interaction, key, services);
  await sendComparison(interaction, turn, await requirePictures(turn, services.blobs), services, texts);
});
