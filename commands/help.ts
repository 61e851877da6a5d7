import {
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { slashCommand } from "../src/discord/framework/Handler.ts";
import { replyPrivately } from "../src/discord/framework/replyPrivately.ts";
import { de } from "../src/discord/texts/de.ts";
import { en } from "../src/discord/texts/en.ts";
import { named } from "../src/discord/texts/named.ts";

const payload = {
  ...named("help"),
  description: en.commands.help,
  description_localizations: { de: de.commands.help },
  integration_types: [Integration.GuildInstall, Integration.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** `/help`: private, and the same for everybody. */
export default slashCommand(payload, async (interaction, _args, { texts }) => replyPrivately(interaction, texts.help));
