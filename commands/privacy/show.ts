import { MessageFlags } from "discord.js";
import {
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { describePrivacy } from "../../src/discord/privacy/describePrivacy.ts";
import { turnsOf } from "../../src/discord/privacy/turnsOf.ts";
import { named } from "../../src/discord/texts/named.ts";

const payload = { type: Option.Subcommand, ...named("show"), ...describePrivacy("show") } as const satisfies Subcommand;

/** `/privacy show`: what is kept, how much of it, and for how long. */
export default subcommand(payload, async (interaction, _args, { services, texts }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turns = await turnsOf(interaction.user.id, services.turns);
  const { retentionDays } = await services.settings.get(interaction.guildId);
  const here = turns.filter(({ guild }) => guild === interaction.guildId).length;
  const oldest = turns.at(-1)?.requestedAt;
  const since = oldest === undefined ? undefined : `<t:${Math.floor(oldest / 1_000)}:D>`;
  await replyPrivately(interaction, texts.privacy.show({ count: turns.length, here, since, retentionDays }));
});
