import { MessageFlags } from "discord.js";
import {
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { describe } from "../../src/discord/learning/describe.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { suggestTasks } from "../../src/discord/learning/suggestTasks.ts";
import { taskOption } from "../../src/discord/learning/taskOption.ts";
import { named } from "../../src/discord/texts/named.ts";
import { taskName } from "../../src/learning/taskName.ts";

const payload = {
  type: Option.Subcommand,
  ...named("rename"),
  ...describe("rename"),
  options: [taskOption, { type: Option.String, ...named("name"), ...describe("name"), required: true, max_length: 60 }],
} as const satisfies Subcommand;

/** `/task rename`: not in training, because the learned file takes over the name that the training began with. */
export default subcommand(
  payload,
  async (interaction, args, { services, texts }) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { tasks } = services;
    const guild = requireManager(interaction);
    const task = await findTask(tasks, guild, { name: args.task }, "draft", "learned", "published");
    const { name } = await tasks.rename(task, taskName(args.name));
    await replyPrivately(interaction, texts.learning.renamed(task.name, name));
  },
  suggestTasks("draft", "learned", "published"),
);
