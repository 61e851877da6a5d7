import { MessageFlags, PermissionFlagsBits as Permission } from "discord.js";
import {
  ApplicationCommandType,
  ComponentType,
  InteractionContextType as Context,
  ApplicationIntegrationType as Integration,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { makeCustomId } from "../../src/discord/framework/customId.ts";
import { messageCommand } from "../../src/discord/framework/Handler.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { Refusal } from "../../src/discord/Refusal.ts";
import { de } from "../../src/discord/texts/de.ts";
import { en } from "../../src/discord/texts/en.ts";

export const CHOOSE_DRAFT = "task-example";

const payload = {
  type: ApplicationCommandType.Message,
  name: en.learning.commands.addAsExample,
  name_localizations: { de: de.learning.commands.addAsExample },
  integration_types: [Integration.GuildInstall],
  contexts: [Context.Guild],
  default_member_permissions: String(Permission.ManageGuild),
} as const satisfies RESTPostAPIContextMenuApplicationCommandsJSONBody;

/** "Add as example": a result of ours and its source become a pair of one of the drafts, which is asked for. */
export default messageCommand(payload, async (interaction, { services, texts }) => {
  const guild = requireManager(interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await services.turns.byMessage(interaction.targetId);
  if (turn?.outcome?.status !== "done" || turn.guild !== guild) {
    throw new Refusal("not_found", ({ problems }) => problems.noResult);
  }
  const drafts = (await services.tasks.list(guild)).filter(({ state }) => state === "draft");
  if (drafts.length === 0) throw new Refusal("not_found", ({ learning }) => learning.noDrafts);
  await interaction.editReply({
    content: texts.learning.consent,
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.StringSelect,
            custom_id: makeCustomId({ action: CHOOSE_DRAFT, key: turn.id }),
            placeholder: texts.learning.chooseDraft,
            options: drafts.map(({ id, name }) => ({ value: id, label: name })),
          },
        ],
      },
    ],
  });
});
