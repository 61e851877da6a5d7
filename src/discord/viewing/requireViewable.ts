import type { BaseInteraction } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import { Refusal } from "../Refusal.ts";
import type { Services } from "../Services.ts";
import type { Texts } from "../texts/en.ts";
import { mayView } from "./mayView.ts";

/**
 * The turn that a custom id names. A turn that may not be seen is as good as none, so that ids cannot be probed.
 * @param gone what is said without one
 * @throws Refusal `not_found`
 */
export async function requireViewable(
  interaction: BaseInteraction,
  id: string,
  { turns }: Pick<Services, "turns">,
  gone = ({ problems }: Texts) => problems.turnGone,
): Promise<Turn> {
  const turn = await turns.get(id);
  if (turn && mayView(interaction, turn)) return turn;
  throw new Refusal("not_found", gone);
}
