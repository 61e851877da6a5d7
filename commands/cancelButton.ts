import { MessageFlags } from "discord.js";
import { cancelEdit } from "../src/discord/cancelling/cancelEdit.ts";
import { CANCEL_EDIT } from "../src/discord/cancelling/cancelRow.ts";
import { requireMayCancel } from "../src/discord/cancelling/requireMayCancel.ts";
import { buttonHandler } from "../src/discord/framework/Handler.ts";
import { replyPrivately } from "../src/discord/framework/replyPrivately.ts";

/** "Cancel" below an edit's progress, which says the end itself; the answer to the button says that it was heard. */
export default buttonHandler(CANCEL_EDIT, async (interaction, { services, texts, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = requireMayCancel(interaction, await services.turns.get(key));
  await replyPrivately(interaction, texts.cancelling[await cancelEdit(turn, interaction.user.id, services)]);
});
