import { MessageFlags } from "discord.js";
import {
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  ApplicationCommandOptionType as Option,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { askerOf } from "../src/discord/editing/askerOf.ts";
import { startEdit } from "../src/discord/editing/startEdit.ts";
import { suggestEditTasks } from "../src/discord/editing/suggestEditTasks.ts";
import { slashCommand } from "../src/discord/framework/Handler.ts";
import { de } from "../src/discord/texts/de.ts";
import { en } from "../src/discord/texts/en.ts";
import { named } from "../src/discord/texts/named.ts";
import { MAX_INSTRUCTION, MAX_STEPS } from "../src/queue/contract/EditJob.ts";

const payload = {
  ...named("edit"),
  description: en.commands.edit,
  description_localizations: { de: de.commands.edit },
  integration_types: [Integration.GuildInstall, Integration.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
  options: [
    {
      type: Option.Attachment,
      ...named("image"),
      description: en.commands.image,
      description_localizations: { de: de.commands.image },
      required: true,
    },
    {
      type: Option.String,
      ...named("instruction"),
      description: en.commands.instruction,
      description_localizations: { de: de.commands.instruction },
      required: true,
      min_length: 1,
      max_length: MAX_INSTRUCTION,
    },
    {
      type: Option.String,
      ...named("task"),
      description: en.commands.task,
      description_localizations: { de: de.commands.task },
      autocomplete: true,
    },
    {
      type: Option.Integer,
      ...named("seed"),
      description: en.commands.seed,
      description_localizations: { de: de.commands.seed },
      min_value: 0,
      max_value: 0xffff_ffff,
    },
    {
      type: Option.Integer,
      ...named("steps"),
      description: en.commands.steps,
      description_localizations: { de: de.commands.steps },
      min_value: 1,
      max_value: MAX_STEPS,
    },
    {
      type: Option.Number,
      ...named("alpha"),
      description: en.commands.alpha,
      description_localizations: { de: de.commands.alpha },
      min_value: 0,
      max_value: 1,
    },
  ],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

/** `/edit`: the answer is private and shows progress; the result is a message in the channel. */
export default slashCommand(
  payload,
  async (interaction, args, { services }) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { image, instruction, task, seed, steps, alpha } = args;
    const wish = { picture: { url: image.url }, instruction, task, seed, steps, alpha };
    await startEdit(askerOf(interaction), wish, services);
  },
  suggestEditTasks,
);
