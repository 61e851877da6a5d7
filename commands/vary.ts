import { MessageFlags } from "discord.js";
import { askerOf } from "../src/discord/editing/askerOf.ts";
import { findTurn } from "../src/discord/editing/findTurn.ts";
import { messageOf } from "../src/discord/editing/messageOf.ts";
import { requireFirstClick } from "../src/discord/editing/requireFirstClick.ts";
import { requireMayEdit } from "../src/discord/editing/requireMayEdit.ts";
import { VARY } from "../src/discord/editing/resultButtons.ts";
import { startEdit } from "../src/discord/editing/startEdit.ts";
import { buttonHandler } from "../src/discord/framework/Handler.ts";

/** "Vary" below a result: the same edit with another seed, as a result of its own beside it. */
export default buttonHandler(VARY, async (interaction, { services, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await findTurn(interaction, key, services);
  requireMayEdit(interaction, turn);
  await requireFirstClick(interaction, services);
  const { instruction, task, profile, steps, textGuidance, imageGuidance, alpha } = turn;
  await startEdit(
    askerOf(interaction),
    {
      ...{ picture: { again: turn }, instruction, task, profile, steps, textGuidance, imageGuidance, alpha },
      sourceMessage: messageOf(interaction),
    },
    services,
  );
});
