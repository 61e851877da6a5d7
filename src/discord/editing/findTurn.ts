import type { MessageComponentInteraction, ModalSubmitInteraction } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import { Refusal } from "../Refusal.ts";
import type { Services } from "../Services.ts";

/**
 * The turn that a button, menu or form names. One of another channel counts as gone: ids can be forged, and who can
 * see this channel need not be able to see that one.
 * @throws Refusal `not_found`
 */
export async function findTurn(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  turnId: string,
  { turns }: Services,
): Promise<Turn> {
  const turn = await turns.get(turnId);
  if (turn?.channel === (interaction.channelId ?? interaction.user.id)) return turn;
  throw new Refusal("not_found", ({ problems }) => problems.pictureGone);
}
