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
import { de } from "../../src/discord/texts/de.ts";
import { en } from "../../src/discord/texts/en.ts";
import { named } from "../../src/discord/texts/named.ts";
import { settingNames } from "../../src/settings/GuildSettings.ts";

const payload = {
  type: Option.Subcommand,
  ...named("reset"),
  ...describeSetting("reset"),
  options: [
    {
      type: Option.String,
      ...named("setting"),
      ...describeSetting("setting"),
      choices: settingNames.map((value) => ({
        value,
        name: en.settings.names[value],
        name_localizations: { de: de.settings.names[value] },
      })),
    },
  ],
} as const satisfies Subcommand;

/** `/settings reset`: one or all of them. */
export default subcommand(payload, async (interaction, args, { services, texts }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  // A forged interaction may name anything; what is no setting resets nothing.
  const name = settingNames.find((each) => each === args.setting);
  if (args.setting === undefined || name !== undefined) await services.settings.reset(guild, name);
  const all = settingsText(await services.settings.get(guild), texts);
  await replyPrivately(interaction, `${texts.settings.saved}\n${all}`);
});
