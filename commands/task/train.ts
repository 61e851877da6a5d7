import { MessageFlags } from "discord.js";
import {
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { beginTraining } from "../../src/discord/learning/beginTraining.ts";
import { describe } from "../../src/discord/learning/describe.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { inState } from "../../src/discord/learning/inState.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { suggestTasks } from "../../src/discord/learning/suggestTasks.ts";
import { taskOption } from "../../src/discord/learning/taskOption.ts";
import { TaskProblem } from "../../src/learning/TaskProblem.ts";

const payload = {
  type: Option.Subcommand,
  name: "train",
  ...describe("train"),
  options: [taskOption],
} as const satisfies Subcommand;

/** `/task train`: a message in the channel shows how it goes, and what came out. */
export default subcommand(
  payload,
  async (interaction, args, { services, texts }) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { tasks } = services;
    const { id, name } = await findTask(tasks, requireManager(interaction), { name: args.task }, "draft");
    if ((await tasks.countExamples(id)) === 0) throw new TaskProblem({ kind: "no-examples", name });
    await beginTraining(
      interaction,
      { taskId: id, kind: "learn" },
      (training) => tasks.update(id, (task) => ({ ...inState(task, ["draft"]), state: "training", training })),
      () => tasks.update(id, (task) => ({ ...task, state: "draft" })),
      services,
      texts,
    );
  },
  suggestTasks("draft"),
);
