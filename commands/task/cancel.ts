import { MessageFlags } from "discord.js";
import {
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { cancelTraining } from "../../src/discord/learning/cancelTraining.ts";
import { describe } from "../../src/discord/learning/describe.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { suggestTasks } from "../../src/discord/learning/suggestTasks.ts";
import { taskOption } from "../../src/discord/learning/taskOption.ts";
import { named } from "../../src/discord/texts/named.ts";

const payload = {
  type: Option.Subcommand,
  ...named("cancel"),
  ...describe("cancel"),
  options: [taskOption],
} as const satisfies Subcommand;

/** `/task cancel`: as the button of the training's message, for when that is far up. */
export default subcommand(
  payload,
  async (interaction, args, surroundings) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await cancelTraining(interaction, requireManager(interaction), { name: args.task }, surroundings);
  },
  suggestTasks("training"),
);
