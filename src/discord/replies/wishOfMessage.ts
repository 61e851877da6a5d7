import { type Message, MessageType } from "discord.js";
import { oneLine } from "../../conversation/oneLine.ts";
import type { Turn } from "../../conversation/Turn.ts";
import { pictureOf } from "../editing/pictureOf.ts";
import type { EditWish } from "../editing/startEdit.ts";
import { Refusal } from "../Refusal.ts";
import type { Services } from "../Services.ts";
import { jsonOfMessage } from "../source/jsonOfMessage.ts";
import { picturesOf } from "../source/picturesOf.ts";
import type { Texts } from "../texts/en.ts";
import { turnShownBy } from "./turnShownBy.ts";

/** What a message asks for: an edit; an explanation of how to ask; or undefined, nothing of the bot. */
export type MessageWish =
  | { readonly edit: EditWish }
  /** `turn`: the result that was replied to without words that the bot can read. */
  | { readonly explain: (texts: Texts) => string; readonly turn?: Turn }
  | undefined;

/**
 * Reads a message. Its text comes without the privileged intent when it mentions the bot, which a reply to one of the
 * bot's messages does unless its "ping" was switched off. A picture in the message itself is meant before any other.
 */
export async function wishOfMessage(message: Message, services: Services): Promise<MessageWish> {
  const { content, mentions, client, reference } = message;
  const me = client.user.id;
  const repliedTo = message.type === MessageType.Reply ? reference?.messageId : undefined;
  const toMe = repliedTo !== undefined && mentions.repliedUser?.id === me;
  const addressed = mentions.users.has(me) || !message.inGuild();
  if (!addressed && !toMe) return undefined;

  const instruction = oneLine(content.replaceAll(new RegExp(`<@!?${me}>`, "g"), " "));
  const [own] = picturesOf(jsonOfMessage(message));
  if (own !== undefined) {
    if (instruction === "") return { explain: ({ replies }) => replies.sayWhat };
    return { edit: { picture: { url: own }, instruction, sourceMessage: message.id } };
  }
  if (repliedTo === undefined) return addressed ? { explain: ({ replies }) => replies.how } : undefined;

  if (mentions.repliedUser === null) return { explain: ({ replies }) => replies.messageGone };
  const turn = toMe ? await turnShownBy(repliedTo, services.turns) : undefined;
  if (turn && turn.channel === message.channelId) {
    if (instruction === "") return { explain: ({ replies }) => (addressed ? replies.sayWhat : replies.noText), turn };
    return { edit: { picture: pictureOf(turn), instruction, sourceMessage: repliedTo } };
  }
  // Without a ping nobody knows whether it was meant for the bot, and there is no result that it could be about.
  if (!addressed) return undefined;
  if (toMe) return { explain: ({ replies }) => replies.noResult };
  if (instruction === "") return { explain: ({ replies }) => replies.sayWhat };
  const picture = await pictureIn(message, repliedTo, services);
  return { edit: { picture, instruction, sourceMessage: repliedTo } };
}

/** The picture of somebody else's message: one that is stored already, or one that Discord lets us see. */
async function pictureIn(message: Message, repliedTo: string, { turns }: Services): Promise<EditWish["picture"]> {
  const before = await turns.bySource(repliedTo);
  if (before && before.channel === message.channelId) return { again: before };
  const there = await message.fetchReference().catch(() => undefined);
  const [url] = there ? picturesOf(jsonOfMessage(there)) : [];
  if (url === undefined) throw new Refusal("bad_image", ({ replies }) => replies.noPicture);
  return { url };
}
