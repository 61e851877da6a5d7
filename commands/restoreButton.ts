import { MessageFlags } from "discord.js";
import { findTurn } from "../src/discord/editing/findTurn.ts";
import { requireOwner } from "../src/discord/editing/requireOwner.ts";
import { RESTORE } from "../src/discord/editing/resultButtons.ts";
import { setUndone } from "../src/discord/editing/setUndone.ts";
import { buttonHandler } from "../src/discord/framework/Handler.ts";
import { replyPrivately } from "../src/discord/framework/replyPrivately.ts";

/** "Bring back", below a result that was undone, and below the private answer to whoever did that. */
export default buttonHandler(RESTORE, async (interaction, { services, texts, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await findTurn(interaction, key, services);
  requireOwner(interaction, turn);
  await setUndone(turn, false, turn.resultMessage ?? interaction.message.id, services);
  await replyPrivately(interaction, texts.turns.restored);
});
