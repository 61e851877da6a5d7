import type { BaseInteraction } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import { Refusal } from "../Refusal.ts";
import type { Services } from "../Services.ts";

/**
 * Whether somebody may see a turn's pictures from where they are: whoever can act in its channel sees that channel.
 * What stood in a private reply, only its asker may see.
 */
export function mayView({ channelId, guildId, user }: BaseInteraction, turn: Turn): boolean {
  if (turn.guild !== guildId || turn.channel !== (channelId ?? user.id)) return false;
  return turn.destination === "channel" || turn.author === user.id;
}

/**
 * The turn that a custom id names. A turn that may not be seen is as good as none, so that ids cannot be probed.
 * @throws Refusal `not_found`
 */
export async function requireViewable(interaction: BaseInteraction, id: string, { turns }: Pick<Services, "turns">) {
  const turn = await turns.get(id);
  if (turn && mayView(interaction, turn)) return turn;
  throw new Refusal("not_found", (texts) => texts.problems.turnGone);
}
