import { MessageFlags } from "discord.js";
import {
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  ApplicationCommandOptionType as Option,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { cancelEdit } from "../src/discord/cancelling/cancelEdit.ts";
import { openEdits } from "../src/discord/cancelling/openEdits.ts";
import { requireMayCancel } from "../src/discord/cancelling/requireMayCancel.ts";
import { ALL, suggestOpenEdits } from "../src/discord/cancelling/suggestOpenEdits.ts";
import { slashCommand } from "../src/discord/framework/Handler.ts";
import { replyPrivately } from "../src/discord/framework/replyPrivately.ts";
import { de } from "../src/discord/texts/de.ts";
import { en } from "../src/discord/texts/en.ts";
import { named } from "../src/discord/texts/named.ts";

const payload = {
  ...named("cancel"),
  description: en.commands.cancel,
  description_localizations: { de: de.commands.cancel },
  integration_types: [Integration.GuildInstall, Integration.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
  options: [
    {
      type: Option.String,
      ...named("edit"),
      description: en.commands.cancelEdit,
      description_localizations: { de: de.commands.cancelEdit },
      autocomplete: true,
    },
  ],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** `/cancel`: one's own edits, one or all; moderators those of the channel, too. */
export default slashCommand(
  payload,
  async (interaction, { edit }, { services, texts }) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { cancelling } = texts;
    if (edit !== undefined && edit !== ALL) {
      const turn = requireMayCancel(interaction, await services.turns.get(edit));
      return replyPrivately(interaction, cancelling[await cancelEdit(turn, interaction.user.id, services)]);
    }
    const { own } = await openEdits(interaction, services);
    if (own.length === 0) return replyPrivately(interaction, cancelling.none);
    if (edit !== ALL && own.length > 1) return replyPrivately(interaction, cancelling.choose(own.length));
    // The last one first: what is cancelled later in the line must not be begun because of what is cancelled before it.
    for (const { turn } of own.reverse()) await cancelEdit(turn, interaction.user.id, services);
    await replyPrivately(interaction, own.length === 1 ? cancelling.stopping : cancelling.allStopping(own.length));
  },
  suggestOpenEdits,
);
