import type { Turn } from "../../conversation/Turn.ts";
import type { CancelRequests } from "../../queue/CancelRequests.ts";
import type { EditFailed } from "../../queue/contract/EditOutcome.ts";
import { sayCode } from "../sayError.ts";
import type { Texts } from "../texts/en.ts";
import { textsFor } from "../texts/textsFor.ts";
import { faultOf } from "./discordCode.ts";
import type { ShowTools } from "./showResult.ts";

export interface FailureTools extends ShowTools {
  readonly cancels: CancelRequests;
}

/**
 * Tells the asker that and why an edit did not work out: privately, or below the message that asked for it. When the
 * private reply can no longer be reached, the channel reads only that it did not. @returns null: no message shows a result
 */
export async function tellFailure(turn: Turn, failure: EditFailed, tools: FailureTools): Promise<null> {
  const { postbox, replies, cancels, log } = tools;
  const supportCode = BigInt(turn.id).toString(36);
  log.warn("edit failed", { turnId: turn.id, code: failure.code });
  const byModerator = failure.code === "cancelled" && (await cancels.byModerator(turn.id));
  const say = (texts: Texts) =>
    byModerator ? texts.cancelling.byModerator : sayCode(failure.code, texts, supportCode);
  const token = await replies.find(turn.id);
  if (token !== undefined) {
    try {
      await postbox.editReply(token, { content: say(textsFor(turn.locale)) });
      return null;
    } catch (error) {
      if (faultOf(error) === "passing") throw error;
    }
  }
  if (turn.destination === "reply") return null;
  try {
    const texts = textsFor(turn.channelLocale);
    const asked = turn.instructionMessage;
    await postbox.post(turn.channel, {
      content: asked === null ? texts.result.late : say(texts),
      ...{ nonce: `f${turn.id}`.slice(0, 25), enforce_nonce: true },
      ...(asked === null ? {} : { message_reference: { message_id: asked, fail_if_not_exists: false } }),
    });
  } catch (error) {
    if (faultOf(error) === "passing") throw error;
    log.warn("nobody can be told", { turnId: turn.id, error });
  }
  return null;
}
