import type { RepliableInteraction } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import { bodyOf } from "../learning/Card.ts";
import type { Services } from "../Services.ts";
import type { Texts } from "../texts/en.ts";
import { historyCard } from "./historyCard.ts";
import { inTurn } from "./inTurn.ts";

/** Draws a turn's tree into the answer, which was deferred. */
export async function sendHistory(
  interaction: RepliableInteraction,
  turn: Turn,
  services: Services,
  texts: Texts,
): Promise<void> {
  const card = await inTurn(() => historyCard(turn, interaction, services, texts));
  await services.postbox.editReply(interaction.token, bodyOf(card), card.files);
}
