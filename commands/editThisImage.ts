import {
  ApplicationCommandType,
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { EDIT_FORM, editForm } from "../src/discord/editing/editForm.ts";
import { taughtTasks } from "../src/discord/editing/taughtTasks.ts";
import { messageCommand } from "../src/discord/framework/Handler.ts";
import { jsonOfMessage } from "../src/discord/source/jsonOfMessage.ts";
import { picturesOf } from "../src/discord/source/picturesOf.ts";
import { de } from "../src/discord/texts/de.ts";
import { en } from "../src/discord/texts/en.ts";

const payload = {
  type: ApplicationCommandType.Message,
  name: en.commands.editThisImage,
  name_localizations: { de: de.commands.editThisImage },
  integration_types: [Integration.GuildInstall, Integration.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
} as const satisfies RESTPostAPIContextMenuApplicationCommandsJSONBody;

/**
 * "Edit this image": a form must be the first answer and must come within 3 s, so nothing is looked up before it but the
 * server's tasks, and those only for a moment. What it is about is stored while the person types; the form's id names the
 * record.
 */
export default messageCommand(payload, async (interaction, { services, texts }) => {
  const taught = await taughtTasks(interaction.guildId, services.tasks);
  await interaction.showModal(editForm({ action: EDIT_FORM, key: interaction.id }, texts, taught));
  await services.pending.save(interaction.id, {
    v: 1,
    owner: interaction.user.id,
    message: interaction.targetId,
    urls: picturesOf(jsonOfMessage(interaction.targetMessage)),
  });
});
