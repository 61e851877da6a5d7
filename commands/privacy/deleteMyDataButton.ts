import { MessageFlags } from "discord.js";
import { buttonHandler } from "../../src/discord/framework/Handler.ts";
import { replyPrivately } from "../../src/discord/framework/replyPrivately.ts";
import { forgetEverywhere } from "../../src/discord/privacy/forgetEverywhere.ts";
import { turnsOf } from "../../src/discord/privacy/turnsOf.ts";
import { Refusal } from "../../src/discord/Refusal.ts";
import { DELETE_MY_DATA } from "./deleteMyData.ts";

/**
 * "Delete everything", below the question whether: all turns, their pictures, and the messages that show them. The data
 * first: a message that Discord does not let us delete (the bot left that server) must not keep it alive.
 */
export default buttonHandler(DELETE_MY_DATA, async (interaction, { services, texts, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  // Whose data it is says the interaction; the id only lets a forged one be told from a real one.
  if (key !== interaction.user.id) throw new Refusal("forbidden", ({ problems }) => problems.notYours);
  const turns = await turnsOf(interaction.user.id, services.turns);
  for (const turn of turns) await forgetEverywhere(turn, services);
  await replyPrivately(interaction, texts.privacy.deleted(turns.length));
  for (const { channel, resultMessage } of turns) {
    if (resultMessage !== null) await services.postbox.remove(channel, resultMessage).catch(() => undefined);
  }
});
