import { MessageFlags } from "discord.js";
import {
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { lastResultOf } from "../src/discord/editing/lastResultOf.ts";
import { sayUndone } from "../src/discord/editing/sayUndone.ts";
import { setUndone } from "../src/discord/editing/setUndone.ts";
import { slashCommand } from "../src/discord/framework/Handler.ts";
import { Refusal } from "../src/discord/Refusal.ts";
import { de } from "../src/discord/texts/de.ts";
import { en } from "../src/discord/texts/en.ts";
import { named } from "../src/discord/texts/named.ts";

const payload = {
  ...named("undo"),
  description: en.commands.undo,
  description_localizations: { de: de.commands.undo },
  integration_types: [Integration.GuildInstall, Integration.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** `/undo`: takes back the asker's last result in this channel; once more, the one before. */
export default slashCommand(payload, async (interaction, _args, { services, texts }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await lastResultOf(interaction.user.id, interaction.channelId, services.turns);
  const message = turn?.resultMessage;
  if (!turn || !message) throw new Refusal("not_found", ({ turns }) => turns.nothingToUndo);
  const shown = await setUndone(turn, true, message, services);
  await interaction.editReply(sayUndone(turn, shown ? message : undefined, texts));
});
