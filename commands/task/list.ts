import { MessageFlags } from "discord.js";
import {
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { describe } from "../../src/discord/learning/describe.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { named } from "../../src/discord/texts/named.ts";

const payload = { type: Option.Subcommand, ...named("list"), ...describe("list") } as const satisfies Subcommand;

/** `/task list`: all of them with their states, drafts included. 25 lines fit into a message. */
export default subcommand(payload, async (interaction, _args, { services, texts }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { learning } = texts;
  const { tasks } = services;
  const lines: string[] = [];
  for (const { id, name, state } of await tasks.list(requireManager(interaction))) {
    lines.push(`• \`${name}\`: ${learning.states[state]} · ${learning.examples(await tasks.countExamples(id))}`);
  }
  await replyPrivately(interaction, lines.length === 0 ? learning.none : lines.join("\n"));
});
