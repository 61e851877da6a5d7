import { type ChatInputCommandInteraction, MessageFlags } from "discord.js";
import {
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  ApplicationCommandOptionType as Option,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import type { Turn } from "../src/conversation/Turn.ts";
import { lastResultOf } from "../src/discord/editing/lastResultOf.ts";
import { slashCommand } from "../src/discord/framework/Handler.ts";
import { Refusal } from "../src/discord/Refusal.ts";
import type { Services } from "../src/discord/Services.ts";
import { de } from "../src/discord/texts/de.ts";
import { en } from "../src/discord/texts/en.ts";
import { named } from "../src/discord/texts/named.ts";
import { messageIdOf } from "../src/discord/viewing/messageIdOf.ts";
import { requireViewable } from "../src/discord/viewing/requireViewable.ts";
import { sendHistory } from "../src/discord/viewing/sendHistory.ts";

const payload = {
  ...named("history"),
  description: en.commands.history,
  description_localizations: { de: de.commands.history },
  integration_types: [Integration.GuildInstall, Integration.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
  options: [
    {
      type: Option.String,
      ...named("message"),
      description: en.commands.message,
      description_localizations: { de: de.commands.message },
      max_length: 200,
    },
  ],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** `/history`: the tree of a result, or of one's latest here, drawn. */
export default slashCommand(payload, async (interaction, { message }, { services, texts }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = message === undefined ? await latestHere(interaction, services) : await shownBy(message);
  await sendHistory(interaction, turn, services, texts);

  async function shownBy(text: string): Promise<Turn> {
    const found = await services.turns.byMessage(messageIdOf(text) ?? "");
    if (!found) throw new Refusal("not_found", ({ problems }) => problems.noTurn);
    return requireViewable(interaction, found.id, services);
  }
});

async function latestHere(interaction: ChatInputCommandInteraction, services: Services): Promise<Turn> {
  const { user, channelId } = interaction;
  const turn = await lastResultOf(user.id, channelId ?? user.id, services.turns);
  if (turn) return turn;
  throw new Refusal("not_found", ({ problems }) => problems.noTurnHere);
}
