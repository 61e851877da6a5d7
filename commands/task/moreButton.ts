import { buttonHandler } from "../../src/discord/framework/Handler.ts";
import { ADD_MORE } from "../../src/discord/learning/examplesCard.ts";
import { requireManager } from "../../src/discord/learning/requireManager.ts";
import { moreForm } from "../../src/discord/learning/taskForm.ts";

/** "Add more": a form must be the first answer; whether the task takes examples is asked when it comes back. */
export default buttonHandler(ADD_MORE, async (interaction, { texts, key }) => {
  requireManager(interaction);
  await interaction.showModal(moreForm(key, texts));
});
