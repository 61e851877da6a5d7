import type { Log } from "../../log/createLog.ts";
import { forgetEverywhere } from "../privacy/forgetEverywhere.ts";
import type { Services } from "../Services.ts";

/** A result whose message was deleted, by whomever and however, is deleted as by its button. Never rejects. */
export async function forgetDeleted(messageIds: Iterable<string>, services: Services, log: Log): Promise<void> {
  for (const messageId of messageIds) {
    try {
      const turn = await services.turns.byMessage(messageId);
      if (turn?.resultMessage === messageId) await forgetEverywhere(turn, services);
    } catch (error) {
      log.warn("a deleted result is still stored", { messageId, error });
    }
  }
}
