import { MessageFlags } from "discord.js";
import { askerOf } from "../src/discord/editing/askerOf.ts";
import { findTurn } from "../src/discord/editing/findTurn.ts";
import { messageOf } from "../src/discord/editing/messageOf.ts";
import { REDO } from "../src/discord/editing/redoMenu.ts";
import { requireFirstClick } from "../src/discord/editing/requireFirstClick.ts";
import { requireMayEdit } from "../src/discord/editing/requireMayEdit.ts";
import { startEdit } from "../src/discord/editing/startEdit.ts";
import { menuHandler } from "../src/discord/framework/Handler.ts";

/** "Redo as …" below a result: same source, instruction and seed with another task, as a result of its own. */
export default menuHandler(REDO, async (interaction, { services, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await findTurn(interaction, key, services);
  requireMayEdit(interaction, turn);
  await requireFirstClick(interaction, services);
  const { instruction, seed, profile, steps, textGuidance, imageGuidance, alpha } = turn;
  await startEdit(
    askerOf(interaction),
    {
      ...{ picture: { again: turn }, instruction, seed, profile, steps, textGuidance, imageGuidance, alpha },
      task: interaction.values[0],
      sourceMessage: messageOf(interaction),
    },
    services,
  );
});
