import { MessageFlags } from "discord.js";
import { findTurn } from "../src/discord/editing/findTurn.ts";
import { requireOwner } from "../src/discord/editing/requireOwner.ts";
import { UNDO } from "../src/discord/editing/resultButtons.ts";
import { sayUndone } from "../src/discord/editing/sayUndone.ts";
import { setUndone } from "../src/discord/editing/setUndone.ts";
import { buttonHandler } from "../src/discord/framework/Handler.ts";

/** "Undo" below a result: the picture from before is current again, and stands in its place. */
export default buttonHandler(UNDO, async (interaction, { services, texts, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await findTurn(interaction, key, services);
  requireOwner(interaction, turn);
  const shown = await setUndone(turn, true, interaction.message.id, services);
  await interaction.editReply(sayUndone(turn, shown ? interaction.message.id : undefined, texts));
});
