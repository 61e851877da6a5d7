import { MessageFlags } from "discord.js";
import { askerOf } from "../src/discord/editing/askerOf.ts";
import { EDIT_FORM } from "../src/discord/editing/editForm.ts";
import { pictureOf } from "../src/discord/editing/pictureOf.ts";
import { startEdit } from "../src/discord/editing/startEdit.ts";
import { formHandler } from "../src/discord/framework/Handler.ts";
import { Refusal } from "../src/discord/Refusal.ts";

/** The form of "Edit this image", filled in. A message that shows a result of ours gives that result, lossless. */
export default formHandler(EDIT_FORM, async (interaction, { services, key }) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const found = await services.pending.find(key);
  if (!found) throw new Refusal("not_found", (texts) => texts.problems.formExpired);
  if (found.owner !== interaction.user.id) throw new Refusal("forbidden", (texts) => texts.problems.notYours);

  const turn = await services.turns.byMessage(found.message);
  const [url] = found.urls;
  if (!turn && url === undefined) throw new Refusal("bad_image", (texts) => texts.problems.noPicture);
  await startEdit(
    askerOf(interaction),
    {
      picture: turn ? pictureOf(turn) : { url: url ?? "" },
      instruction: interaction.fields.getTextInputValue("instruction"),
      task: interaction.fields.getStringSelectValues("task")[0],
      sourceMessage: found.message,
    },
    services,
  );
});
