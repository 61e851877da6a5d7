import type { Turn } from "../../conversation/Turn.ts";
import type { EditFailed } from "../../queue/contract/EditOutcome.ts";
import { sayCode } from "../sayError.ts";
import { textsFor } from "../texts/textsFor.ts";
import { faultOf } from "./discordCode.ts";
import type { ShowTools } from "./showResult.ts";

/**
 * Tells the asker that and why an edit did not work out: privately, or below the message that asked for it. When the
 * private reply can no longer be reached, the channel reads only that it did not. @returns null: no message shows a result
 */
export async function tellFailure(turn: Turn, failure: EditFailed, tools: ShowTools): Promise<null> {
  const { postbox, replies, log } = tools;
  const supportCode = BigInt(turn.id).toString(36);
  log.warn("edit failed", { turnId: turn.id, code: failure.code });
  const token = await replies.find(turn.id);
  if (token !== undefined) {
    const texts = textsFor(turn.locale);
    const content = sayCode(failure.code, texts, supportCode);
    try {
      await postbox.editReply(token, { content });
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
      content: asked === null ? texts.result.late : sayCode(failure.code, texts, supportCode),
      ...{ nonce: `f${turn.id}`.slice(0, 25), enforce_nonce: true },
      ...(asked === null ? {} : { message_reference: { message_id: asked, fail_if_not_exists: false } }),
    });
  } catch (error) {
    if (faultOf(error) === "passing") throw error;
    log.warn("nobody can be told", { turnId: turn.id, error });
  }
  return null;
}
