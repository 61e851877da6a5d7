import { MessageFlags } from "discord.js";
import {
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { describe } from "../../src/discord/learning/describe.ts";
import { examplesArchive } from "../../src/discord/learning/examplesArchive.ts";
import { fileNameOf } from "../../src/discord/learning/fileNameOf.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { suggestTasks } from "../../src/discord/learning/suggestTasks.ts";
import { taskOption } from "../../src/discord/learning/taskOption.ts";
import { Refusal } from "../../src/discord/Refusal.ts";
import { de } from "../../src/discord/texts/de.ts";
import { en } from "../../src/discord/texts/en.ts";
import { named } from "../../src/discord/texts/named.ts";
import { TaskProblem } from "../../src/learning/TaskProblem.ts";

const payload = {
  type: Option.Subcommand,
  ...named("share"),
  ...describe("share"),
  options: [
    taskOption,
    {
      type: Option.String,
      ...named("what"),
      ...describe("what"),
      choices: [
        {
          value: "task",
          name: en.learning.commands.whatTask,
          name_localizations: { de: de.learning.commands.whatTask },
        },
        {
          value: "examples",
          name: en.learning.commands.whatExamples,
          name_localizations: { de: de.learning.commands.whatExamples },
        },
      ],
    },
    { type: Option.Integer, ...named("part"), ...describe("part"), min_value: 1, max_value: 100 },
  ],
} as const satisfies Subcommand;

/** `/task share`: the learned file, or the examples as `emend task learn --examples` reads them. */
export default subcommand(
  payload,
  async (interaction, { task: name, what, part = 1 }, { services, texts }) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { tasks, postbox } = services;
    const task = await findTask(tasks, requireManager(interaction), { name });
    const stem = fileNameOf(task.name);
    const limit = interaction.attachmentSizeLimit;
    if (what === "examples") {
      const { bytes, parts } = await examplesArchive(task, part, limit, tasks);
      const file = parts === 1 ? `${stem}-examples.tar` : `${stem}-examples-${part}.tar`;
      const content = texts.learning.sharedExamples(task.name, part, parts);
      await send(file, bytes, content);
      return;
    }
    if (!task.learned) throw new TaskProblem({ kind: "state", name: task.name, state: task.state });
    const bytes = await tasks.files.of(task.id).get(task.learned.sha256);
    await send(`${stem}.safetensors`, bytes, texts.learning.shared(task.name));

    async function send(filename: string, data: Uint8Array, content: string): Promise<void> {
      if (data.length > limit) throw new Refusal("bad_usage", ({ problems }) => problems.tooLargeToShare);
      const body = { content, attachments: [{ id: 0, filename }] };
      await postbox.editReply(interaction.token, body, [{ name: filename, data: Buffer.from(data) }]);
    }
  },
  suggestTasks(),
);
