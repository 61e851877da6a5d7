import {
  type APIMessageInteractionMetadata,
  ApplicationCommandType,
  InteractionType,
  MessageFlags,
  MessageType,
  PermissionFlagsBits,
} from "discord-api-types/v10";
import { refusals } from "../errors/refusals.ts";
import { createMessage, storeMessage } from "../messages/createMessage.ts";
import type { ParsedMessage } from "../messages/parseMessageBody.ts";
import type { Uploads } from "../messages/takeFiles.ts";
import { userView } from "../messages/userView.ts";
import { permissionsIn } from "../state/access.ts";
import type { Channel } from "../state/Guild.ts";
import type { InteractionRecord } from "../state/InteractionRecord.ts";
import type { State } from "../state/State.ts";
import type { StoredMessage } from "../state/StoredMessage.ts";
import { integrationOwners } from "./createInteraction.ts";

/** Follow-ups that an application installed only by the user may make. */
const USER_INSTALL_FOLLOWUPS = 5;

/** Answers with a message at once. */
export async function answer(
  state: State,
  record: InteractionRecord,
  parsed: ParsedMessage,
  uploads: Uploads,
): Promise<StoredMessage> {
  const channel = channelOf(state, record);
  const ephemeral = (parsed.flags & MessageFlags.Ephemeral) !== 0 || mustBePrivate(state, record, channel);
  const fields = originalFields(state, record, channel, ephemeral);
  const message = await createMessage(state, { channel, authorId: state.botId, parsed, uploads, fields, at: ["data"] });
  record.originalMessageId = message.id;
  record.ephemeral = ephemeral;
  return message;
}

/** "emend is thinking…": a message with the LOADING flag, which a later edit fills. */
export function defer(state: State, record: InteractionRecord, data: unknown): StoredMessage {
  const channel = channelOf(state, record);
  const flags = Number((data as { flags?: unknown } | undefined)?.flags ?? 0);
  const ephemeral = (flags & MessageFlags.Ephemeral) !== 0 || mustBePrivate(state, record, channel);
  const message: StoredMessage = {
    id: state.snowflakes.next(),
    channelId: channel.id,
    authorId: state.botId,
    type: MessageType.Default,
    content: "",
    embeds: [],
    components: [],
    files: [],
    flags: MessageFlags.Loading | (ephemeral ? MessageFlags.Ephemeral : 0),
    tts: false,
    createdAt: state.clock.now(),
    editedAt: null,
    mentions: [],
    mentionsEveryone: false,
    mentionedRoles: [],
    addressesBot: false,
    reference: undefined,
    snapshot: undefined,
    nonce: undefined,
    interactionToken: undefined,
    interactionMetadata: undefined,
    ephemeralFor: undefined,
    reactions: new Map(),
    deleted: false,
    ...originalFields(state, record, channel, ephemeral),
  };
  record.originalMessageId = message.id;
  record.deferred = true;
  record.ephemeral = ephemeral;
  return storeMessage(state, message);
}

/** Another message after the first answer. */
export async function followUp(
  state: State,
  record: InteractionRecord,
  parsed: ParsedMessage,
  uploads: Uploads,
): Promise<StoredMessage> {
  if (record.userInstallOnly && record.followups >= USER_INSTALL_FOLLOWUPS) throw refusals.tooManyFollowups();
  const channel = channelOf(state, record);
  const ephemeral = (parsed.flags & MessageFlags.Ephemeral) !== 0 || mustBePrivate(state, record, channel);
  const original = record.originalMessageId;
  const fields: Partial<StoredMessage> = {
    ...originalFields(state, record, channel, ephemeral),
    type: original === undefined ? MessageType.Default : MessageType.Reply,
    reference: original === undefined ? undefined : { channelId: channel.id, messageId: original },
  };
  record.followups++;
  try {
    return await createMessage(state, { channel, authorId: state.botId, parsed, uploads, fields });
  } catch (error) {
    record.followups--;
    throw error;
  }
}

function channelOf(state: State, record: InteractionRecord): Channel {
  const channel = state.channels.get(record.channelId);
  if (!channel) throw refusals.unknownChannel();
  return channel;
}

/** Without USE_EXTERNAL_APPS, an application that only the user installed answers in private. */
function mustBePrivate(state: State, record: InteractionRecord, channel: Channel): boolean {
  if (!record.userInstallOnly || channel.guildId === undefined) return false;
  return (permissionsIn(state, channel, record.userId) & PermissionFlagsBits.UseExternalApps) === 0n;
}

/** What the server adds to a message that answers an interaction. */
function originalFields(
  state: State,
  record: InteractionRecord,
  channel: Channel,
  ephemeral: boolean,
): Partial<StoredMessage> {
  const isCommand = record.type === InteractionType.ApplicationCommand;
  const isMenu = isCommand && record.targetMessageId !== undefined;
  const parent = isMenu ? record.targetMessageId : record.sourceMessageId;
  const isSlash = isCommand && (record.payload.data as { type?: number })?.type === ApplicationCommandType.ChatInput;
  const type = isMenu
    ? MessageType.ContextMenuCommand
    : isSlash
      ? MessageType.ChatInputCommand
      : parent
        ? MessageType.Reply
        : MessageType.Default;
  return {
    type,
    reference: parent === undefined ? undefined : { channelId: channel.id, messageId: parent },
    interactionToken: record.token,
    interactionMetadata: metadata(state, record, channel),
    ephemeralFor: ephemeral ? record.userId : undefined,
  };
}

function metadata(state: State, record: InteractionRecord, channel: Channel): APIMessageInteractionMetadata {
  const user = state.users.get(record.userId);
  if (!user) throw refusals.unknownUser();
  return {
    id: record.id,
    type: record.type,
    user: userView(user),
    authorizing_integration_owners: integrationOwners(state, record, channel),
    ...(record.commandName === undefined ? {} : { name: record.commandName }),
    ...(record.targetMessageId === undefined ? {} : { target_message_id: record.targetMessageId }),
    ...(record.type === InteractionType.MessageComponent ? { interacted_message_id: record.sourceMessageId } : {}),
  } as APIMessageInteractionMetadata;
}
