import { MessageFlags } from "discord.js";
import {
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { oneLine } from "../../src/conversation/oneLine.ts";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { beginTraining } from "../../src/discord/learning/beginTraining.ts";
import { describe } from "../../src/discord/learning/describe.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { downloadPicture } from "../../src/discord/source/downloadPicture.ts";
import { named } from "../../src/discord/texts/named.ts";
import { PictureProblem } from "../../src/images/PictureProblem.ts";
import type { GuildTask } from "../../src/learning/GuildTask.ts";
import { inspectTaskFile, MAX_TASK_FILE } from "../../src/learning/inspectTaskFile.ts";
import { TaskProblem } from "../../src/learning/TaskProblem.ts";
import { taskName } from "../../src/learning/taskName.ts";

const payload = {
  type: Option.Subcommand,
  ...named("import"),
  ...describe("import"),
  options: [
    { type: Option.Attachment, ...named("file"), ...describe("file"), required: true },
    { type: Option.String, ...named("name"), ...describe("importName"), max_length: 60 },
  ],
} as const satisfies Subcommand;

/**
 * `/task import`: the file's outside is looked at here; a worker then tries it out, because only the engine can say
 * whether it fits the model. Until that is done, the task counts as in training.
 */
export default subcommand(payload, async (interaction, { file, name }, { services, texts }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const guild = requireManager(interaction);
  const { tasks, cdnBase } = services;
  const bytes = await downloadPicture(file.url, { maxBytes: MAX_TASK_FILE, cdnBase }).catch((error: unknown) => {
    throw error instanceof PictureProblem ? new TaskProblem({ kind: "file-too-large" }) : error;
  });
  const header = inspectTaskFile(bytes);
  const fileName = taskName(header.name);
  const shown = name === undefined ? fileName : taskName(name);
  const { id } = interaction;
  await beginTraining(
    interaction,
    { taskId: id, kind: "check" },
    async (training) => {
      const { checkpoint, steps } = header;
      const sha256 = await tasks.files.of(id).put(bytes);
      const task: GuildTask = {
        ...{ v: 1, id, guild, name: shown, description: oneLine(header.description), author: interaction.user.id },
        ...{ createdAt: Date.now(), state: "training", training },
        learned: {
          ...{ sha256, bytes: bytes.length, fileName: header.name, checkpoint, steps },
          ...{ model: null, losses: [], milliseconds: null, sheet: null, curve: null },
        },
      };
      try {
        await tasks.create(task);
        return task;
      } catch (error) {
        await tasks.delete(task);
        throw error;
      }
    },
    (task) => tasks.delete(task),
    services,
    texts,
  );
});
