import type { MessageComponentInteraction } from "discord.js";
import { Refusal } from "../Refusal.ts";
import type { Services } from "../Services.ts";

/** A second click within this time was not meant as a second wish. Seconds. */
const DOUBLE_CLICK_S = 3;

/**
 * Lets one of a person's clicks on the same thing through; Discord gives each of them an id of its own.
 * @throws Refusal `bad_usage` for the others
 */
export async function requireFirstClick(interaction: MessageComponentInteraction, { once }: Services): Promise<void> {
  const values = interaction.isStringSelectMenu() ? interaction.values.join() : "";
  const click = [interaction.user.id, interaction.message.id, interaction.customId, values].join("|");
  if (await once.take(`click:${click}`, DOUBLE_CLICK_S)) return;
  throw new Refusal("bad_usage", ({ problems }) => problems.doubleClick);
}
