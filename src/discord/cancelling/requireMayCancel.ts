import type { BaseInteraction } from "discord.js";
import { PermissionFlagsBits as Permission } from "discord-api-types/v10";
import type { Turn } from "../../conversation/Turn.ts";
import { Refusal } from "../Refusal.ts";

/**
 * The asker may cancel an edit anywhere; moderators (*Manage Messages* or *Manage Server*) those of the channel in which
 * they act, by the permissions that come with that very interaction. An edit of another place counts as gone: what is
 * asked for in a private channel is not to be found out elsewhere.
 * @throws Refusal `not_found`, `forbidden`
 */
export function requireMayCancel(interaction: BaseInteraction, turn: Turn | undefined): Turn {
  if (turn?.author === interaction.user.id) return turn;
  if (!turn || turn.guild === null || turn.guild !== interaction.guildId || turn.channel !== interaction.channelId) {
    throw new Refusal("not_found", (texts) => texts.cancelling.gone);
  }
  if (isModerator(interaction)) return turn;
  throw new Refusal("forbidden", (texts) => texts.cancelling.notYours);
}

export const isModerator = ({ memberPermissions }: BaseInteraction): boolean =>
  memberPermissions?.any([Permission.ManageMessages, Permission.ManageGuild]) ?? false;
