import {
  type APIAttachment,
  type APIEmbed,
  type APIMessage,
  type APIMessageTopLevelComponent,
  AttachmentFlags,
  ChannelType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from "discord-api-types/v10";
import type { StoredFile } from "../cdn/FileStore.ts";
import type { State } from "../state/State.ts";
import type { MessageFile, StoredMessage } from "../state/StoredMessage.ts";
import { componentReferences, embedReferences, fileUrl, referencedFile, resolvedMedia } from "./media.ts";
import { userView } from "./userView.ts";

/**
 * Whether an application that may not read message content sees this message blank. It always reads its own messages,
 * direct messages, and what was addressed to it (discord.md fact 1).
 */
export function isBlankForBot(state: State, message: StoredMessage, mayReadContent: boolean): boolean {
  if (mayReadContent || message.authorId === state.botId || message.addressesBot) return false;
  const channel = state.channels.get(message.channelId);
  return !(channel?.type === ChannelType.DM && channel.recipients.includes(state.botId));
}

/** The message as the API shows it, with addresses signed now. */
export function messageView(
  state: State,
  message: StoredMessage,
  options: { mayReadContent: boolean; withReference?: boolean },
): APIMessage {
  const author = state.users.get(message.authorId);
  if (!author) throw new Error(`message ${message.id} has no author`);
  const blank = isBlankForBot(state, message, options.mayReadContent);
  const view: APIMessage = {
    id: message.id,
    channel_id: message.channelId,
    author: userView(author),
    type: message.type,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    tts: message.tts,
    mention_everyone: message.mentionsEveryone,
    mentions: message.mentions.flatMap((id) => {
      const user = state.users.get(id);
      return user ? [userView(user)] : [];
    }),
    mention_roles: message.mentionedRoles,
    mention_channels: [],
    pinned: false,
    flags: message.flags,
    ...contentView(state, message, blank),
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
  };
  if (message.authorId === state.botId) view.application_id = state.applicationId;
  if (message.interactionToken !== undefined) view.webhook_id = state.applicationId;
  if (message.interactionMetadata) view.interaction_metadata = message.interactionMetadata;
  if (message.reactions.size > 0)
    view.reactions = reactionsView(state, message) as NonNullable<APIMessage["reactions"]>;
  if (message.reference) addReference(state, view, message, options);
  return view;
}

function addReference(
  state: State,
  view: APIMessage,
  message: StoredMessage,
  options: { mayReadContent: boolean; withReference?: boolean },
): void {
  if (!message.reference) return;
  const guildId = state.channels.get(message.reference.channelId)?.guildId;
  view.message_reference = {
    type: message.snapshot ? MessageReferenceType.Forward : MessageReferenceType.Default,
    channel_id: message.reference.channelId,
    message_id: message.reference.messageId,
    ...(guildId === undefined ? {} : { guild_id: guildId }),
  };
  if (message.snapshot) {
    const { snapshot } = message;
    const blank = isBlankForBot(state, message, options.mayReadContent);
    const fields = { ...contentView(state, snapshot, blank), type: snapshot.type, flags: snapshot.flags };
    const times = { timestamp: new Date(snapshot.createdAt).toISOString(), edited_timestamp: null };
    view.message_snapshots = [{ message: { ...fields, ...times, mentions: [], mention_roles: [] } }];
    return;
  }
  const isReply = message.type === MessageType.Reply || message.type === MessageType.ContextMenuCommand;
  if (!isReply || options.withReference === false) return;
  const parent = state.messages.get(message.reference.messageId);
  view.referenced_message =
    parent && !parent.deleted && parent.ephemeralFor === undefined
      ? messageView(state, parent, { ...options, withReference: false })
      : null;
}

/** What the content intent covers. Files used in embeds or components are not listed as attachments. */
function contentView(state: State, message: StoredMessage, blank: boolean) {
  if (blank) return { content: "", embeds: [], attachments: [], components: [] };
  const { files } = message;
  const references = [...embedReferences(message.embeds), ...componentReferences(message.components)];
  const used = new Set(references.map(({ url }) => referencedFile(files, url)?.id));
  return {
    content: message.content,
    embeds:
      message.flags & MessageFlags.SuppressEmbeds ? [] : message.embeds.map((embed) => embedView(state, files, embed)),
    attachments: files.filter((file) => !used.has(file.id)).flatMap((file) => attachmentView(state, file) ?? []),
    components: message.components.map((component) => componentView(state, files, component)),
  };
}

function embedView(state: State, files: readonly MessageFile[], embed: APIEmbed): APIEmbed {
  const view: APIEmbed = { ...embed, type: "rich" as NonNullable<APIEmbed["type"]> };
  if (embed.image) view.image = resolvedMedia(state, files, embed.image.url);
  if (embed.thumbnail) view.thumbnail = resolvedMedia(state, files, embed.thumbnail.url);
  const icon = (url: string | undefined) =>
    url === undefined ? {} : { icon_url: resolvedMedia(state, files, url).url };
  if (embed.author) view.author = { ...embed.author, ...icon(embed.author.icon_url) };
  if (embed.footer) view.footer = { ...embed.footer, ...icon(embed.footer.icon_url) };
  return view;
}

/** A copy in which every `media` and `file` carries its signed address. */
function componentView<T extends APIMessageTopLevelComponent>(
  state: State,
  files: readonly MessageFile[],
  component: T,
): T {
  const resolve = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => resolve(item, ""));
    if (value === null || typeof value !== "object") return value;
    if ((key === "media" || key === "file") && "url" in value) return resolvedMedia(state, files, String(value.url));
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolve(item, name)]));
  };
  return resolve(component, "") as T;
}

function attachmentView(state: State, file: MessageFile): APIAttachment | undefined {
  const stored = state.files.get(file.id);
  return stored && storedFileView(state, stored, file);
}

/** An attachment object, also for the files of commands and modals. */
export function storedFileView(state: State, stored: StoredFile, file?: MessageFile): APIAttachment {
  const url = fileUrl(state, stored);
  return {
    id: stored.id,
    filename: stored.filename,
    size: stored.bytes.length,
    url,
    proxy_url: url,
    content_type: stored.contentType,
    ...(stored.width === undefined ? {} : { width: stored.width, height: stored.height ?? null }),
    ...(file?.description === undefined ? {} : { description: file.description }),
    ...(file?.spoiler ? { flags: AttachmentFlags.IsSpoiler } : {}),
    ...(stored.ephemeral ? { ephemeral: true } : {}),
  };
}

function reactionsView(state: State, message: StoredMessage) {
  return [...message.reactions].map(([name, users]) => ({
    emoji: { id: null, name },
    count: users.size,
    count_details: { burst: 0, normal: users.size },
    me: users.has(state.botId),
    me_burst: false,
    burst_colors: [],
  }));
}
