import {
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { describe } from "../../src/discord/learning/describe.ts";
import { createForm } from "../../src/discord/learning/taskForm.ts";
import { named } from "../../src/discord/texts/named.ts";

const payload = { type: Option.Subcommand, ...named("create"), ...describe("create") } as const satisfies Subcommand;

/** `/task create`: a form must be the first answer, so it comes before anything is looked up. */
export default subcommand(payload, (interaction, _args, { texts }) => interaction.showModal(createForm(texts)).then());
