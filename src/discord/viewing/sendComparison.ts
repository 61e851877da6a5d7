import type { ButtonInteraction } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import type { EditDone } from "../../queue/contract/EditOutcome.ts";
import { bodyOf } from "../learning/Card.ts";
import type { Services } from "../Services.ts";
import type { Texts } from "../texts/en.ts";
import { compareCard } from "./compareCard.ts";
import { inTurn } from "./inTurn.ts";

/** Draws before and after into the answer, which was deferred. @param percent where the slider's line stands */
export async function sendComparison(
  interaction: ButtonInteraction,
  turn: Turn,
  outcome: EditDone,
  { blobs, postbox }: Services,
  texts: Texts,
  percent?: number,
): Promise<void> {
  const card = await inTurn(async () => {
    const [before, after] = await Promise.all([blobs.get(outcome.before.sha256), blobs.get(outcome.picture.sha256)]);
    return compareCard(turn, before, after, texts, percent);
  });
  await postbox.editReply(interaction.token, bodyOf(card), card.files);
}
