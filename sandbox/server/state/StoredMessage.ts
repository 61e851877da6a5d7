import type {
  APIEmbed,
  APIMessageInteractionMetadata,
  APIMessageTopLevelComponent,
  MessageType,
} from "discord-api-types/v10";

/** A file of a message: the bytes live in the FileStore under the same id. */
export interface MessageFile {
  id: string;
  filename: string;
  description: string | undefined;
  spoiler: boolean;
}

/**
 * A message as the sandbox keeps it. References such as `attachment://out.png` stay as they were sent; viewMessage()
 * turns them into freshly signed addresses, and blanks what an application without the content intent must not see.
 */
export interface StoredMessage {
  id: string;
  channelId: string;
  authorId: string;
  type: MessageType;
  content: string;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  files: MessageFile[];
  flags: number;
  tts: boolean;
  createdAt: number;
  editedAt: number | null;
  /** Users that were mentioned, and whether the reply pinged its parent's author. */
  mentions: string[];
  /** Whether it pinged everybody, and the roles that it pinged; both need Mention Everyone. */
  mentionsEveryone: boolean;
  mentionedRoles: string[];
  /** The application may read this message without the content intent, because it was addressed. */
  addressesBot: boolean;
  reference: { channelId: string; messageId: string } | undefined;
  /** What a forwarded message carried when it was forwarded. */
  snapshot: StoredMessage | undefined;
  nonce: string | number | undefined;
  /** Set on interaction responses and follow-ups. */
  interactionToken: string | undefined;
  interactionMetadata: APIMessageInteractionMetadata | undefined;
  /** The only user who sees an ephemeral message. */
  ephemeralFor: string | undefined;
  /** Emoji → users who reacted. */
  reactions: Map<string, Set<string>>;
  deleted: boolean;
}
