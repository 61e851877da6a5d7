import {
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
  PermissionFlagsBits as Permission,
} from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import { Refusal } from "../Refusal.ts";

/**
 * Who may go on from a turn: whoever asked for it, and whoever could use /edit with a picture in this channel. Buttons
 * and menus work for all who can read them.
 * @throws Refusal `forbidden`
 */
export function requireMayEdit(interaction: MessageComponentInteraction | ModalSubmitInteraction, turn: Turn): void {
  if (interaction.user.id === turn.author || interaction.guildId === null) return;
  if (interaction.memberPermissions?.has([Permission.UseApplicationCommands, Permission.AttachFiles])) return;
  throw new Refusal("forbidden", ({ problems }) => problems.mayNotRedo);
}
