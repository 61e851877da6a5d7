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
import { Refusal } from "../../src/discord/Refusal.ts";
import { named } from "../../src/discord/texts/named.ts";
import { TaskProblem } from "../../src/learning/TaskProblem.ts";
import { learnOptionsSchema, MAX_LEARN_STEPS, MAX_VECTORS } from "../../src/queue/contract/LearnJob.ts";

const payload = {
  type: Option.Subcommand,
  ...named("train"),
  ...describe("train"),
  options: [
    taskOption,
    { type: Option.Integer, ...named("steps"), ...describe("steps"), min_value: 1, max_value: MAX_LEARN_STEPS },
    { type: Option.Integer, ...named("vectors"), ...describe("vectors"), min_value: 1, max_value: MAX_VECTORS },
  ],
} as const satisfies Subcommand;

/** `/task train`: a message in the channel shows how it goes, and what came out. */
export default subcommand(
  payload,
  async (interaction, args, { services, texts }) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { tasks } = services;
    const options = learnOptionsSchema.safeParse({ steps: args.steps, vectors: args.vectors });
    if (!options.success) {
      throw new Refusal("bad_usage", ({ problems }) => problems.badTraining(MAX_LEARN_STEPS, MAX_VECTORS));
    }
    const { id, name } = await findTask(tasks, requireManager(interaction), { name: args.task }, "draft");
    if ((await tasks.countExamples(id)) === 0) throw new TaskProblem({ kind: "no-examples", name });
    await beginTraining(
      interaction,
      { taskId: id, kind: "learn", ...options.data },
      (training) => tasks.update(id, (task) => ({ ...inState(task, ["draft"]), state: "training", training })),
      () => tasks.update(id, (task) => ({ ...task, state: "draft" })),
      services,
      texts,
    );
  },
  suggestTasks("draft"),
);
