import type { Turn } from "../../conversation/Turn.ts";
import { fitToLimit } from "../../images/fitToLimit.ts";
import type { EditDone } from "../../queue/contract/EditOutcome.ts";
import type { BlobStore } from "../../storage/BlobStore.ts";
import type { Texts } from "../texts/en.ts";
import { faultOf } from "./discordCode.ts";
import { type ResultCard, resultCard } from "./resultCard.ts";

/** Sends the card; when Discord finds the files too large in spite of the announced limit, once more with half of it. */
export async function withSmallerFiles<T>(
  turn: Turn,
  outcome: EditDone,
  texts: Texts,
  blobs: BlobStore,
  send: (card: ResultCard) => Promise<T>,
): Promise<T> {
  const before = await blobs.get(outcome.before.sha256);
  const png = await blobs.get(outcome.picture.sha256);
  for (let limit = turn.attachmentLimit; ; limit /= 2) {
    const after = await fitToLimit(png, limit);
    try {
      return await send(resultCard(turn, outcome, { before, after }, texts));
    } catch (error) {
      if (faultOf(error) !== "too-large" || limit < turn.attachmentLimit / 4) throw error;
    }
  }
}
