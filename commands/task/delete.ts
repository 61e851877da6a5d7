import { MessageFlags } from "discord.js";
import {
  ButtonStyle,
  ComponentType,
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { makeCustomId } from "../../src/discord/framework/customId.ts";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { describe } from "../../src/discord/learning/describe.ts";
import { findTask } from "../../src/discord/learning/findTask.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { suggestTasks } from "../../src/discord/learning/suggestTasks.ts";
import { taskOption } from "../../src/discord/learning/taskOption.ts";
import { named } from "../../src/discord/texts/named.ts";

export const DELETE = "task-delete";

const payload = {
  type: Option.Subcommand,
  ...named("delete"),
  ...describe("delete"),
  options: [taskOption],
} as const satisfies Subcommand;

/** `/task delete`: asks once more, because the examples go with it. */
export default subcommand(
  payload,
  async (interaction, args, { services, texts }) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { learning } = texts;
    const guild = requireManager(interaction);
    const { id, name } = await findTask(services.tasks, guild, { name: args.task }, "draft", "learned", "published");
    await interaction.editReply({
      content: learning.confirmDelete(name, learning.examples(await services.tasks.countExamples(id))),
      components: [
        {
          type: ComponentType.ActionRow,
          components: [
            {
              type: ComponentType.Button,
              custom_id: makeCustomId({ action: DELETE, key: id }),
              label: learning.delete,
              style: ButtonStyle.Danger,
            },
          ],
        },
      ],
    });
  },
  suggestTasks("draft", "learned", "published"),
);
