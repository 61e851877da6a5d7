import { MessageFlags } from "discord.js";
import { forgetTurn } from "../src/conversation/forgetTurn.ts";
import { findTurn } from "../src/discord/editing/findTurn.ts";
import { requireOwner } from "../src/discord/editing/requireOwner.ts";
import { DELETE_TURN } from "../src/discord/editing/resultButtons.ts";
import { buttonHandler } from "../src/discord/framework/Handler.ts";
import { replyPrivately } from "../src/discord/framework/replyPrivately.ts";

/** "Delete" below a result: the message, what was asked, and the picture. What others made of it stays. */
export default buttonHandler(DELETE_TURN, async (interaction, { services, texts, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await findTurn(interaction, key, services);
  requireOwner(interaction, turn);
  // The message first: when that fails, its buttons still work.
  await services.postbox.remove(turn.channel, turn.resultMessage ?? interaction.message.id);
  await forgetTurn(turn, services.turns, services.blobs);
  await replyPrivately(interaction, texts.turns.deleted);
});
