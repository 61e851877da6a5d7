import { MessageFlags } from "discord-api-types/v10";
import type { Turn } from "../../conversation/Turn.ts";
import type { TurnStore } from "../../conversation/TurnStore.ts";
import type { Log } from "../../log/createLog.ts";
import type { EditDone } from "../../queue/contract/EditOutcome.ts";
import type { BlobStore } from "../../storage/BlobStore.ts";
import { textsFor } from "../texts/textsFor.ts";
import { faultOf } from "./discordCode.ts";
import { messageUrl } from "./messageUrl.ts";
import type { Postbox } from "./Postbox.ts";
import type { ReplyHandles } from "./ReplyHandles.ts";
import { withSmallerFiles } from "./withSmallerFiles.ts";

export interface ShowTools {
  readonly turns: Pick<TurnStore, "change">;
  readonly blobs: BlobStore;
  readonly replies: ReplyHandles;
  readonly postbox: Postbox;
  readonly log: Log;
}

/**
 * Shows a result where the turn wants it: as a message of its own in the channel (a reply to that carries its text
 * without the privileged intent, a reply to an interaction's answer does not), or in the deferred reply.
 * @param again somebody tried before, so the message may be there
 * @returns the message's id
 */
export async function showResult(turn: Turn, outcome: EditDone, again: boolean, tools: ShowTools): Promise<string> {
  const token = await tools.replies.find(turn.id);
  if (turn.destination === "channel" || token === undefined) {
    try {
      const message = await intoChannel(turn, outcome, again, tools);
      await linkFromReply(turn, token, message, tools);
      return message;
    } catch (error) {
      if (token === undefined || faultOf(error) !== "forbidden") throw error;
      // Before anybody can ask for it: what only the asker sees is nobody else's to look at (mayView.ts).
      await tools.turns.change(turn.id, { destination: "reply" });
    }
  }
  const texts = textsFor(turn.locale);
  return withSmallerFiles(turn, outcome, texts, tools.blobs, ({ container, files, attachments }) => {
    container.components.push({ type: 10, content: `-# ${texts.result.onlyForYou}` });
    const body = { flags: MessageFlags.IsComponentsV2 as const, content: null, components: [container], attachments };
    return tools.postbox.editReply(token, body, files);
  });
}

async function intoChannel(turn: Turn, outcome: EditDone, again: boolean, tools: ShowTools): Promise<string> {
  const { id, channel, requestedAt } = turn;
  const answered = turn.instructionMessage ?? turn.sourceMessage;
  const found = again ? await tools.postbox.findResult(channel, id, requestedAt) : undefined;
  if (found !== undefined) return found;
  return withSmallerFiles(
    turn,
    outcome,
    textsFor(turn.channelLocale),
    tools.blobs,
    ({ container, files, attachments }) =>
      tools.postbox.post(
        channel,
        {
          flags: MessageFlags.IsComponentsV2,
          components: [container],
          attachments,
          // Discord answers a second post with the same nonce by the first one's message, for some minutes.
          nonce: id.slice(-25),
          enforce_nonce: true,
          ...(answered === null ? {} : { message_reference: { message_id: answered, fail_if_not_exists: false } }),
        },
        files,
      ),
  );
}

/** A courtesy: that the result is there does not depend on it. */
async function linkFromReply(turn: Turn, token: string | undefined, message: string, tools: ShowTools): Promise<void> {
  if (token === undefined) return;
  const content = textsFor(turn.locale).result.link(messageUrl(turn.guild, turn.channel, message));
  await tools.postbox.editReply(token, { content }).catch((error: unknown) => {
    tools.log.info("the private reply keeps its last progress", { turnId: turn.id, error });
  });
}
