import { MessageFlags } from "discord.js";
import {
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { bodyOf } from "../../src/discord/learning/Card.ts";
import { describe } from "../../src/discord/learning/describe.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { suggestTasks } from "../../src/discord/learning/suggestTasks.ts";
import { taskCard } from "../../src/discord/learning/taskCard.ts";
import { taskOption } from "../../src/discord/learning/taskOption.ts";
import { named } from "../../src/discord/texts/named.ts";

const payload = {
  type: Option.Subcommand,
  ...named("show"),
  ...describe("show"),
  options: [taskOption],
} as const satisfies Subcommand;

/** `/task show`: sheet, loss curve, and the buttons for what can be done just now. */
export default subcommand(
  payload,
  async (interaction, args, { services, texts }) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const task = await findTask(services.tasks, requireManager(interaction), { name: args.task });
    const card = await taskCard(task, services.tasks, texts);
    await services.postbox.editReply(interaction.token, bodyOf(card), card.files);
  },
  suggestTasks(),
);
