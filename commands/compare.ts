import { MessageFlags } from "discord.js";
import { COMPARE } from "../src/discord/editing/resultButtons.ts";
import { buttonHandler } from "../src/discord/framework/Handler.ts";
import { requirePictures } from "../src/discord/viewing/requirePictures.ts";
import { requireViewable } from "../src/discord/viewing/requireViewable.ts";
import { sendComparison } from "../src/discord/viewing/sendComparison.ts";

/** "Compare" below a result: before and after, in private, for whoever wants to look. */
export default buttonHandler(COMPARE, async (interaction, { services, texts, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await requireViewable(interaction, key, services);
  await sendComparison(interaction, turn, await requirePictures(turn, services.blobs), services, texts);
});
