import { MessageFlags } from "discord.js";
import { ComponentType } from "discord-api-types/v10";
import { messageUrl } from "../../src/discord/delivery/messageUrl.ts";
import { resultCard } from "../../src/discord/delivery/resultCard.ts";
import { menuHandler } from "../../src/discord/framework/Handler.ts";
import { SHOW } from "../../src/discord/viewing/historyCard.ts";
import { requirePictures } from "../../src/discord/viewing/requirePictures.ts";
import { requireViewable } from "../../src/discord/viewing/requireViewable.ts";
import { fitToLimit } from "../../src/images/fitToLimit.ts";

/** The menu below a drawn history: one of its results as it stood in the channel, with its buttons, in private. */
export default menuHandler(SHOW, async (interaction, { services, texts }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await requireViewable(interaction, interaction.values[0] ?? "", services);
  const outcome = await requirePictures(turn, services.blobs);
  const before = await services.blobs.get(outcome.before.sha256);
  const after = await services.blobs.get(outcome.picture.sha256);
  const fitted = await fitToLimit(after, interaction.attachmentSizeLimit);
  const { container, files, attachments } = resultCard(turn, outcome, { before, after: fitted }, texts);
  const { guild, channel, resultMessage, destination } = turn;
  if (resultMessage !== null && destination === "channel") {
    const content = `-# ${texts.history.link(messageUrl(guild, channel, resultMessage))}`;
    container.components.push({ type: ComponentType.TextDisplay, content });
  }
  const body = { flags: MessageFlags.IsComponentsV2 as const, components: [container], attachments };
  await services.postbox.editReply(interaction.token, body, files);
});
