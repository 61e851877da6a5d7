import { type ButtonInteraction, MessageFlags } from "discord.js";
import type { GuildTask } from "../../learning/GuildTask.ts";
import type { Services } from "../Services.ts";
import { textsFor } from "../texts/textsFor.ts";
import { bodyOf } from "./Card.ts";
import { taskCard } from "./taskCard.ts";

/**
 * Shows a task as it is now in the message whose button was pressed. A courtesy: a button that no longer fits says so.
 * Private messages stay as they are: they belong to another interaction.
 */
export async function refreshCard(
  { channelId, guildId, message, guildLocale }: ButtonInteraction,
  task: GuildTask,
  { tasks, postbox, settings }: Services,
): Promise<void> {
  if (message.flags.has(MessageFlags.Ephemeral)) return;
  const { language } = await settings.get(guildId);
  const card = await taskCard(task, tasks, textsFor(language ?? guildLocale));
  await postbox.edit(channelId, message.id, bodyOf(card), card.files).catch(() => undefined);
}
