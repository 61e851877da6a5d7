import type { Message } from "discord.js";
import type { APIActionRowComponent, APIButtonComponent } from "discord-api-types/v10";
import type { Turn } from "../../conversation/Turn.ts";
import { EmendError } from "../../errors/EmendError.ts";
import type { Log } from "../../log/createLog.ts";
import { editAgainRow } from "../editing/resultButtons.ts";
import { startEdit } from "../editing/startEdit.ts";
import type { Services } from "../Services.ts";
import { sayError } from "../sayError.ts";
import { textsFor } from "../texts/textsFor.ts";
import { askerOfMessage, localeOf } from "./askerOfMessage.ts";
import { wishOfMessage } from "./wishOfMessage.ts";

/** Longer than the gateway replays events, and than two processes overlap during an update. Seconds. */
const REPLAY_S = 3_600;
/** People who reply without a ping on purpose need to be told only so often. Seconds. */
const EXPLAIN_S = 86_400;

/**
 * The one way in for messages, and the one place where their errors end. Answers stand in the channel, below the
 * message. Never rejects.
 */
export async function routeMessage(message: Message, services: Services, log: Log): Promise<void> {
  // System messages and those of bots (ourselves among them) and webhooks ask for nothing.
  if (message.author.bot || message.webhookId !== null || message.system) return;
  const texts = textsFor(localeOf(message));
  const addressed = message.mentions.users.has(message.client.user.id) || !message.inGuild();
  try {
    const wish = await wishOfMessage(message, services);
    if (!wish || !(await services.once.take(`message:${message.id}`, REPLAY_S))) return;
    if ("edit" in wish) await startEdit(askerOfMessage(message), wish.edit, services);
    else await explain(wish.explain(texts), wish.turn);
  } catch (error) {
    const supportCode = BigInt(message.id).toString(36);
    const known = error instanceof EmendError ? error : new EmendError("internal", "unexpected", { cause: error });
    if (known.isInputError) log.info("refused", { messageId: message.id, code: known.code });
    else log.error("a message failed", { supportCode, messageId: message.id, error });
    if (addressed) await answer(sayError(known, texts, supportCode)).catch(notTold);
  }

  async function explain(content: string, turn: Turn | undefined): Promise<void> {
    if (!addressed && !(await services.once.take(`explained:${message.author.id}`, EXPLAIN_S))) return;
    const posted = await answer(content, turn && [editAgainRow(turn, texts)]).catch(notTold);
    // A reply to the explanation is a reply to the result that it is about.
    if (turn && posted) await services.turns.alias(posted, turn.id);
  }

  /** Posted again by mistake, Discord gives back the first one. */
  function answer(content: string, components: APIActionRowComponent<APIButtonComponent>[] = []): Promise<string> {
    const { id, channelId } = message;
    const reference = { message_reference: { message_id: id, fail_if_not_exists: false } };
    return services.postbox.post(channelId, {
      ...{ content, components, nonce: `m${id}`, enforce_nonce: true },
      ...reference,
    });
  }

  function notTold(error: unknown): undefined {
    log.info("could not answer a message", { messageId: message.id, error });
  }
}
