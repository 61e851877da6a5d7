import { MessageFlags } from "discord.js";
import {
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { exportTurns } from "../../src/conversation/export/exportTurns.ts";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { describePrivacy } from "../../src/discord/privacy/describePrivacy.ts";
import { partsOf } from "../../src/discord/privacy/partsOf.ts";
import { turnsOf } from "../../src/discord/privacy/turnsOf.ts";
import { Refusal } from "../../src/discord/Refusal.ts";
import { named } from "../../src/discord/texts/named.ts";

const payload = {
  type: Option.Subcommand,
  ...named("export"),
  ...describePrivacy("export"),
  options: [{ type: Option.Integer, ...named("part"), ...describePrivacy("part"), min_value: 1, max_value: 10_000 }],
} as const satisfies Subcommand;

/** `/privacy export`: everything that the asker asked for, from all servers, as zips that are small enough to be sent. */
export default subcommand(payload, async (interaction, { part = 1 }, { services, texts }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const limit = interaction.attachmentSizeLimit;
  const turns = await turnsOf(interaction.user.id, services.turns);
  if (turns.length === 0) throw new Refusal("not_found", ({ privacy }) => privacy.nothing);
  const parts = partsOf(turns, limit);
  const chosen = parts[part - 1];
  if (!chosen) throw new Refusal("bad_usage", ({ problems }) => problems.noSuchPart(parts.length));
  const places = chosen.map((turn) => ({ id: turn.id, parent: turn.parent, turn }));
  const data = await exportTurns(places, services.blobs);
  if (data.length > limit) throw new Refusal("bad_usage", ({ problems }) => problems.tooLargeToShare);
  const filename = parts.length === 1 ? "emend.zip" : `emend-${part}.zip`;
  const body = { content: texts.privacy.exported(part, parts.length), attachments: [{ id: 0, filename }] };
  await services.postbox.editReply(interaction.token, body, [{ name: filename, data }]);
});
