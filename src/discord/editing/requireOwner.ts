import { type ButtonInteraction, PermissionFlagsBits as Permission } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import { Refusal } from "../Refusal.ts";

/**
 * Who may take a result away: whoever asked for it, and members who may manage messages.
 * @throws Refusal `forbidden`
 */
export function requireOwner(interaction: ButtonInteraction, turn: Turn): void {
  if (interaction.user.id === turn.author) return;
  if (interaction.guildId !== null && interaction.memberPermissions?.has(Permission.ManageMessages)) return;
  throw new Refusal("forbidden", ({ problems }) => problems.notYourEdit);
}
