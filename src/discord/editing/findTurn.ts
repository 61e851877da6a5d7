import type { MessageComponentInteraction, ModalSubmitInteraction } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import { Refusal } from "../Refusal.ts";
import type { Services } from "../Services.ts";
import { mayView } from "../viewing/mayView.ts";

/**
 * The turn that a button, menu or form wants to go on from. What the asker may not see counts as gone: ids can be forged.
 * @throws Refusal `not_found`
 */
export async function findTurn(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  turnId: string,
  { turns }: Services,
): Promise<Turn> {
  const turn = await turns.get(turnId);
  if (turn && mayView(interaction, turn)) return turn;
  throw new Refusal("not_found", ({ problems }) => problems.pictureGone);
}
