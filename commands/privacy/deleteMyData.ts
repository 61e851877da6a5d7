import { MessageFlags } from "discord.js";
import {
  ButtonStyle,
  ComponentType,
  ApplicationCommandOptionType as Option,
  type APIApplicationCommandSubcommandOption as Subcommand,
} from "discord-api-types/v10";
import { makeCustomId } from "../../src/discord/framework/customId.ts";
import { subcommand } from "../../src/discord/framework/Handler.ts";
import { describePrivacy } from "../../src/discord/privacy/describePrivacy.ts";
import { Refusal } from "../../src/discord/Refusal.ts";
import { named } from "../../src/discord/texts/named.ts";

export const DELETE_MY_DATA = "delete-my-data";

const payload = {
  type: Option.Subcommand,
  ...named("delete-my-data"),
  ...describePrivacy("deleteMyData"),
} as const satisfies Subcommand;

/** `/privacy delete-my-data`: says what goes and what stays, and asks once more. */
export default subcommand(payload, async (interaction, _args, { services, texts }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const count = (await services.turns.byAuthor(interaction.user.id)).length;
  if (count === 0) throw new Refusal("not_found", ({ privacy }) => privacy.nothing);
  await interaction.editReply({
    content: texts.privacy.confirm(count),
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.Button,
            custom_id: makeCustomId({ action: DELETE_MY_DATA, key: interaction.user.id }),
            label: texts.privacy.deleteAll,
            style: ButtonStyle.Danger,
          },
        ],
      },
    ],
  });
});
