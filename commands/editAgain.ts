import { editForm } from "../src/discord/editing/editForm.ts";
import { findTurn } from "../src/discord/editing/findTurn.ts";
import { requireMayEdit } from "../src/discord/editing/requireMayEdit.ts";
import { EDIT_AGAIN } from "../src/discord/editing/resultButtons.ts";
import { taughtTasks } from "../src/discord/editing/taughtTasks.ts";
import { buttonHandler } from "../src/discord/framework/Handler.ts";

export const CONTINUE = "continue";

/**
 * "Edit again" below a result: asks for the next instruction. A form must be the first answer, within 3 s; the looks
 * into the store before it end within 2.5 s, and save people from typing in vain.
 */
export default buttonHandler(EDIT_AGAIN, async (interaction, { services, texts, key }) => {
  requireMayEdit(interaction, await findTurn(interaction, key, services));
  const taught = await taughtTasks(interaction.guildId, services.tasks);
  await interaction.showModal(editForm({ action: CONTINUE, key }, texts, taught));
});
