import { MessageType, PermissionFlagsBits } from "discord-api-types/v10";
import { createMessage } from "../../server/messages/createMessage.ts";
import { deleteMessage } from "../../server/messages/deleteMessage.ts";
import { editMessage } from "../../server/messages/editMessage.ts";
import { parseMessageBody } from "../../server/messages/parseMessageBody.ts";
import { permissionsIn } from "../../server/state/access.ts";
import type { Channel } from "../../server/state/Guild.ts";
import type { State } from "../../server/state/State.ts";
import type { StoredMessage } from "../../server/state/StoredMessage.ts";
import type { FileInput } from "../FileInput.ts";
import { checkFile } from "../fileRules.ts";
import { PersonCannot } from "../PersonCannot.ts";

export interface PostOptions {
  files?: readonly FileInput[];
  /** The message that is replied to. */
  replyTo?: StoredMessage;
  /** Whether the reply pings the author of that message; yes unless told. */
  ping?: boolean;
}

/** A person writes in a channel. */
export async function postMessage(
  state: State,
  userId: string,
  channel: Channel,
  content: string,
  { files = [], replyTo, ping = true }: PostOptions = {},
): Promise<StoredMessage> {
  const has = permissionsIn(state, channel, userId);
  const need = (bit: bigint, why: string) => {
    if (!(has & bit)) throw new PersonCannot(why);
  };
  need(PermissionFlagsBits.ViewChannel, "you cannot see this channel");
  need(PermissionFlagsBits.SendMessages, "you may not write here");
  if (files.length > 0) need(PermissionFlagsBits.AttachFiles, "you may not attach files here");
  if (files.length > 10) throw new PersonCannot("at most 10 files fit into one message");
  for (const file of files) checkFile(state, file, undefined);
  if (content.trim() === "" && files.length === 0) throw new PersonCannot("there is nothing to send");
  if ([...content].length > 2000) throw new PersonCannot("a message has at most 2000 characters");
  const body = {
    content,
    allowed_mentions: { parse: ["users", "roles", "everyone"], replied_user: ping },
    ...(replyTo ? { message_reference: { message_id: replyTo.id } } : {}),
  };
  const parsed = parseMessageBody(body, { mayBeEphemeral: false });
  const uploads = new Map(
    files.map(({ name, bytes }, index) => [String(index), { filename: name, bytes: Buffer.from(bytes) }]),
  );
  return createMessage(state, { channel, authorId: userId, parsed, uploads });
}

/** A person forwards a message: the copy carries a snapshot of it. */
export async function forwardMessage(
  state: State,
  userId: string,
  message: StoredMessage,
  channel: Channel,
): Promise<StoredMessage> {
  if (message.deleted || message.ephemeralFor !== undefined) throw new PersonCannot("this message cannot be forwarded");
  const parsed = parseMessageBody({}, { mayBeEphemeral: false });
  const reference = { channelId: message.channelId, messageId: message.id };
  const fields = { type: MessageType.Default, reference, snapshot: { ...message } };
  return createMessage(state, { channel, authorId: userId, parsed, uploads: new Map(), fields });
}

export async function changeMessage(
  state: State,
  userId: string,
  message: StoredMessage,
  content: string,
): Promise<void> {
  if (message.authorId !== userId) throw new PersonCannot("you can only edit your own messages");
  await editMessage(state, message, parseMessageBody({ content }, { old: message, mayBeEphemeral: false }), new Map());
}

/** A person deletes a message: their own, or with Manage Messages anyone's; a private reply is only dismissed. */
export function removeMessage(state: State, userId: string, message: StoredMessage): void {
  const channel = state.channels.get(message.channelId);
  const manages = channel && (permissionsIn(state, channel, userId) & PermissionFlagsBits.ManageMessages) !== 0n;
  const mayDismiss = message.ephemeralFor === userId;
  if (message.authorId !== userId && !mayDismiss && !manages) throw new PersonCannot("you may not delete this message");
  deleteMessage(state, message);
}
