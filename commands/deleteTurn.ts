import { MessageFlags } from "discord.js";
import { faultOf } from "../src/discord/delivery/discordCode.ts";
import { findTurn } from "../src/discord/editing/findTurn.ts";
import { requireOwner } from "../src/discord/editing/requireOwner.ts";
import { DELETE_TURN } from "../src/discord/editing/resultButtons.ts";
import { buttonHandler } from "../src/discord/framework/Handler.ts";
import { replyPrivately } from "../src/discord/framework/replyPrivately.ts";
import { forgetEverywhere } from "../src/discord/privacy/forgetEverywhere.ts";
import { takeDeletion } from "../src/discord/replies/takeDeletion.ts";
import { tellDeleted } from "../src/discord/replies/tellDeleted.ts";

/** "Delete" below a result: the message, what was asked, and the picture. What others made of it stays. */
export default buttonHandler(DELETE_TURN, async (interaction, { services, texts, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await findTurn(interaction, key, services);
  requireOwner(interaction, turn);
  // The message first: when that fails, its buttons still work. What the bot may not see any more, it cannot delete.
  const message = turn.resultMessage ?? interaction.message.id;
  await takeDeletion(message, services);
  await services.postbox.remove(turn.channel, message).catch((error: unknown) => {
    if (faultOf(error) !== "forbidden") throw error;
  });
  await forgetEverywhere(turn, services);
  await replyPrivately(interaction, texts.turns.deleted);
  if (interaction.user.id !== turn.author) await tellDeleted([turn], true, interaction.client, services);
});
