import { MessageFlags } from "discord.js";
import {
  ApplicationCommandType,
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { exportTree } from "../src/conversation/export/exportTree.ts";
import { messageCommand } from "../src/discord/framework/Handler.ts";
import { Refusal } from "../src/discord/Refusal.ts";
import { de } from "../src/discord/texts/de.ts";
import { en } from "../src/discord/texts/en.ts";
import { mayView } from "../src/discord/viewing/mayView.ts";

const payload = {
  type: ApplicationCommandType.Message,
  name: en.commands.exportTree,
  name_localizations: { de: de.commands.exportTree },
  integration_types: [Integration.GuildInstall, Integration.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
} as const satisfies RESTPostAPIContextMenuApplicationCommandsJSONBody;

/** "Download edits" on a result: as much of its tree as the asker may see, as a zip, in private. */
export default messageCommand(payload, async (interaction, { services, texts }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await services.turns.byMessage(interaction.targetId);
  if (!turn || !mayView(interaction, turn)) throw new Refusal("not_found", ({ problems }) => problems.noTree);
  const limit = interaction.attachmentSizeLimit;
  const { bytes: data, what } = await exportTree(turn.id, services, {
    limit,
    maySee: (each) => mayView(interaction, each),
  });
  if (data.length > limit) throw new Refusal("bad_usage", ({ problems }) => problems.tooLargeToShare);
  const filename = `emend-${turn.tree}.zip`;
  const body = { content: texts.turns.exported[what], attachments: [{ id: 0, filename }] };
  await services.postbox.editReply(interaction.token, body, [{ name: filename, data }]);
});
