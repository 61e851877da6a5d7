import type { BaseInteraction } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";

/**
 * Whether somebody may see a turn's pictures from where they are: whoever can act in its channel sees that channel.
 * What stood in a private reply, only its asker may see.
 */
export function mayView({ channelId, guildId, user }: BaseInteraction, turn: Turn): boolean {
  if (turn.guild !== guildId || turn.channel !== (channelId ?? user.id)) return false;
  return turn.destination === "channel" || turn.author === user.id;
}
