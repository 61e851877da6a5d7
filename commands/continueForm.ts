import { MessageFlags } from "discord.js";
import { askerOf } from "../src/discord/editing/askerOf.ts";
import { findTurn } from "../src/discord/editing/findTurn.ts";
import { messageOf } from "../src/discord/editing/messageOf.ts";
import { pictureOf } from "../src/discord/editing/pictureOf.ts";
import { requireMayEdit } from "../src/discord/editing/requireMayEdit.ts";
import { startEdit } from "../src/discord/editing/startEdit.ts";
import { formHandler } from "../src/discord/framework/Handler.ts";
import { CONTINUE } from "./editAgain.ts";

/** The form of "Edit again", filled in. Much may have happened while it was open, so all is asked once more. */
export default formHandler(CONTINUE, async (interaction, { services, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const turn = await findTurn(interaction, key, services);
  requireMayEdit(interaction, turn);
  const { fields } = interaction;
  await startEdit(
    askerOf(interaction),
    {
      picture: pictureOf(turn),
      instruction: fields.getTextInputValue("instruction"),
      task: fields.getStringSelectValues("task")[0],
      sourceMessage: messageOf(interaction),
    },
    services,
  );
});
