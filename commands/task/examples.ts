import { MessageFlags } from "discord.js";
import {
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { bodyOf } from "../../src/discord/learning/Card.ts";
import { describe } from "../../src/discord/learning/describe.ts";
import { examplesCard } from "../../src/discord/learning/examplesCard.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { suggestTasks } from "../../src/discord/learning/suggestTasks.ts";
import { taskOption } from "../../src/discord/learning/taskOption.ts";
import { named } from "../../src/discord/texts/named.ts";

const payload = {
  type: Option.Subcommand,
  ...named("examples"),
  ...describe("examples"),
  options: [taskOption],
} as const satisfies Subcommand;

/** `/task examples`: the pictures, and the ways to add some and take some out. */
export default subcommand(
  payload,
  async (interaction, args, { services, texts }) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const task = await findTask(services.tasks, requireManager(interaction), { name: args.task });
    const card = await examplesCard(task, 0, interaction.attachmentSizeLimit, services.tasks, texts);
    await services.postbox.editReply(interaction.token, bodyOf(card), card.files);
  },
  suggestTasks(),
);
