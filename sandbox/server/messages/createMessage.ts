import { MessageFlags, MessageType } from "discord-api-types/v10";
import { formError } from "../errors/formError.ts";
import type { Channel } from "../state/Guild.ts";
import type { State } from "../state/State.ts";
import type { StoredMessage } from "../state/StoredMessage.ts";
import { checkReferences } from "./checkReferences.ts";
import { findMentions } from "./mentions.ts";
import { type ParsedMessage, requireSomething } from "./parseMessageBody.ts";
import { takeFiles, type Uploads } from "./takeFiles.ts";

export interface NewMessage {
  channel: Channel;
  authorId: string;
  parsed: ParsedMessage;
  uploads: Uploads;
  /** Fields that only the server sets. */
  fields?: Partial<StoredMessage>;
  at?: string[];
}

/** Checks, stores and announces a message. */
export async function createMessage(state: State, request: NewMessage): Promise<StoredMessage> {
  const { channel, authorId, parsed, uploads, at = [], fields = {} } = request;
  const parent = findParent(state, channel, parsed, at);
  const ephemeral = fields.ephemeralFor !== undefined;
  const files = await takeFiles(state, { uploads, attachments: parsed.body.attachments, at }, [], {
    folder: channel.id,
    ephemeral,
  });
  const content = (parsed.content ?? "").trim();
  const message: StoredMessage = {
    id: state.snowflakes.next(),
    channelId: channel.id,
    authorId,
    type: parent ? MessageType.Reply : MessageType.Default,
    content,
    embeds: parsed.embeds ?? [],
    components: parsed.components ?? [],
    files,
    flags: ephemeral ? parsed.flags | MessageFlags.Ephemeral : parsed.flags & ~MessageFlags.Ephemeral,
    tts: parsed.body.tts ?? false,
    createdAt: state.clock.now(),
    editedAt: null,
    ...findMentions(state, {
      ...{ channel, authorId, content, parent },
      ...{ components: parsed.components ?? [], allowed: parsed.body.allowed_mentions },
    }),
    reference: parent && { channelId: parent.channelId, messageId: parent.id },
    snapshot: undefined,
    nonce: parsed.body.nonce,
    interactionToken: undefined,
    interactionMetadata: undefined,
    ephemeralFor: undefined,
    reactions: new Map(),
    deleted: false,
    ...fields,
  };
  requireSomething(message);
  checkReferences(message, at);
  return storeMessage(state, message);
}

export function storeMessage(state: State, message: StoredMessage): StoredMessage {
  state.messages.set(message.id, message);
  const channel = state.channels.get(message.channelId);
  if (channel && message.ephemeralFor === undefined) channel.lastMessageId = message.id;
  state.hub.emit({ type: "messageCreate", message });
  return message;
}

/** The message that is replied to; 50035 when it is gone, unless the sender accepts that. */
function findParent(state: State, channel: Channel, parsed: ParsedMessage, at: string[]): StoredMessage | undefined {
  const reference = parsed.body.message_reference;
  if (!reference) return undefined;
  const parent = state.messages.get(reference.message_id);
  if (parent && !parent.deleted && parent.channelId === channel.id && parent.ephemeralFor === undefined) return parent;
  if (reference.fail_if_not_exists === false) return undefined;
  throw formError([
    { path: [...at, "message_reference"], code: "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", message: "Unknown message" },
  ]);
}
