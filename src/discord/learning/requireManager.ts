import type { BaseInteraction } from "discord.js";
import { PermissionFlagsBits as Permission } from "discord-api-types/v10";
import { Refusal } from "../Refusal.ts";

/**
 * The server whose tasks a member may change. Checked at every step, by the permissions that come with that very
 * interaction: Discord hides the commands from others, but anybody can press buttons that stand in a channel, and
 * servers may show commands to whom they like.
 * @throws Refusal `forbidden`
 */
export function requireManager({ guildId, memberPermissions }: BaseInteraction): string {
  if (guildId === null) throw new Refusal("forbidden", (texts) => texts.problems.notInServer);
  if (memberPermissions?.has(Permission.ManageGuild)) return guildId;
  throw new Refusal("forbidden", (texts) => texts.problems.mayNotTeach);
}
