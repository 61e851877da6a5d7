import { MessageFlags } from "discord.js";
import {
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { slashCommand } from "../src/discord/framework/Handler.ts";
import { replyPrivately } from "../src/discord/framework/replyPrivately.ts";
import { lineText } from "../src/discord/line/lineText.ts";
import { de } from "../src/discord/texts/de.ts";
import { en } from "../src/discord/texts/en.ts";
import { named } from "../src/discord/texts/named.ts";
import { readLine } from "../src/queue/readLine.ts";

const payload = {
  ...named("queue"),
  description: en.commands.queue,
  description_localizations: { de: de.commands.queue },
  integration_types: [Integration.GuildInstall, Integration.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** `/queue`: the own places in the line, how long it takes, and what is left of the quota. Private. */
export default slashCommand(payload, async (interaction, _args, { services, texts }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { user, guildId: guild } = interaction;
  const { editsPerDay: perDay } = await services.settings.get(guild);
  const used = await services.admission.used({ member: user.id, guild });
  await replyPrivately(interaction, lineText(await readLine(services), user.id, { used, perDay }, texts));
});
