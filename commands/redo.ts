import { MessageFlags, PermissionFlagsBits as Permission, type StringSelectMenuInteraction } from "discord.js";
import type { Turn } from "../src/conversation/Turn.ts";
import { REDO } from "../src/discord/editing/redoMenu.ts";
import { startEdit } from "../src/discord/editing/startEdit.ts";
import { menuHandler } from "../src/discord/framework/Handler.ts";
import { Refusal } from "../src/discord/Refusal.ts";

/** "Redo as …" below a result: same source, instruction and seed with another task, as a result of its own. */
export default menuHandler(REDO, async (interaction, { services, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await services.turns.get(key);
  if (!turn || turn.channel !== (interaction.channelId ?? interaction.user.id)) {
    throw new Refusal("not_found", (texts) => texts.problems.pictureGone);
  }
  if (!mayRedo(interaction, turn)) throw new Refusal("forbidden", (texts) => texts.problems.mayNotRedo);
  const { instruction, seed, steps, textGuidance, imageGuidance, alpha } = turn;
  const { message } = interaction;
  await startEdit(
    interaction,
    {
      ...{ picture: { again: turn }, instruction, seed, steps, textGuidance, imageGuidance, alpha },
      task: interaction.values[0],
      // Nobody but the asker sees a private reply, so nothing in the channel can refer to it.
      sourceMessage: message.flags.has(MessageFlags.Ephemeral) ? undefined : message.id,
    },
    services,
  );
});

/** The asker, and whoever could use /edit with a picture in this channel: a menu works for all who can read it. */
function mayRedo(interaction: StringSelectMenuInteraction, turn: Turn): boolean {
  if (interaction.user.id === turn.author || interaction.guildId === null) return true;
  return interaction.memberPermissions?.has([Permission.UseApplicationCommands, Permission.AttachFiles]) ?? false;
}
