import { MessageFlags } from "discord.js";
import {
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { describeSetting } from "../../src/discord/settings/describeSetting.ts";
import { settingsText } from "../../src/discord/settings/settingsText.ts";
import { named } from "../../src/discord/texts/named.ts";

const payload = { type: Option.Subcommand, ...named("show"), ...describeSetting("show") } as const satisfies Subcommand;

/** `/settings show`: all of them, and which are the bot's own. */
export default subcommand(payload, async (interaction, _args, { services, texts }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await replyPrivately(interaction, settingsText(await services.settings.get(guild), texts));
});
