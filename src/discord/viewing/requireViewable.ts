import type { BaseInteraction } from "discord.js";
import { Refusal } from "../Refusal.ts";
import type { Services } from "../Services.ts";
import { mayView } from "./mayView.ts";

/**
 * The turn that a custom id names. A turn that may not be seen is as good as none, so that ids cannot be probed.
 * @throws Refusal `not_found`
 */
export async function requireViewable(interaction: BaseInteraction, id: string, { turns }: Pick<Services, "turns">) {
  const turn = await turns.get(id);
  if (turn && mayView(interaction, turn)) return turn;
  throw new Refusal("not_found", (texts) => texts.problems.turnGone);
}
