import { MessageFlags } from "discord.js";
import { buttonHandler } from "../src/discord/framework/Handler.ts";
import { SLIDE } from "../src/discord/viewing/compareCard.ts";
import { requirePictures } from "../src/discord/viewing/requirePictures.ts";
import { requireViewable } from "../src/discord/viewing/requireViewable.ts";
import { sendComparison } from "../src/discord/viewing/sendComparison.ts";
import { parseSlide } from "../src/discord/viewing/slidePosition.ts";

/** Moves the slider's line in a comparison. Looks first and answers then, so that a refusal leaves the pictures there. */
export default buttonHandler(SLIDE, async (interaction, { services, texts, key }) => {
  const { turnId, percent } = parseSlide(key);
  const turn = await requireViewable(interaction, turnId, services);
  const outcome = await requirePictures(turn, services.blobs);
  // Our own button stands in a private reply; a forged one must not write over what everybody sees.
  if (interaction.message.flags.has(MessageFlags.Ephemeral)) await interaction.deferUpdate();
  else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await sendComparison(interaction, turn, outcome, services, texts, percent);
});
