import { randomBytes } from "node:crypto";
import type { APIApplicationCommand } from "discord-api-types/v10";
import { FileStore } from "../cdn/FileStore.ts";
import { Clock } from "./Clock.ts";
import type { Channel, Guild, User } from "./Guild.ts";
import { Hub } from "./Hub.ts";
import type { InteractionRecord } from "./InteractionRecord.ts";
import { Snowflakes } from "./Snowflakes.ts";
import type { StoredMessage } from "./StoredMessage.ts";

/** A privileged intent that the developer portal can switch on. */
export type PrivilegedIntent = "GuildMembers" | "GuildPresences" | "MessageContent";

/** Everything the local Discord knows. Plain data and look-ups; rules live beside the routes that enforce them. */
export class State {
  readonly clock: Clock;
  readonly snowflakes: Snowflakes;
  readonly hub = new Hub();
  readonly files: FileStore;
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  /** Servers that have an outage now. */
  readonly unavailable = new Set<string>();
  readonly channels = new Map<string, Channel>();
  /** In the order of creation. */
  readonly messages = new Map<string, StoredMessage>();
  /** By token. */
  readonly interactions = new Map<string, InteractionRecord>();
  /** By id; a guild's own commands carry guild_id. */
  readonly commands = new Map<string, APIApplicationCommand>();
  readonly privilegedIntents = new Set<PrivilegedIntent>(["MessageContent"]);
  readonly applicationId: string;
  readonly token: string;
  /** Bytes that one attachment may have; interactions announce it as attachment_size_limit. */
  attachmentSizeLimit = 10 * 1024 * 1024;
  /** Milliseconds within which the application must answer an interaction. */
  answerWithin = 3000;
  /** Whether the last gateway login asked for message content; undefined before any login. */
  identifiedWithContent: boolean | undefined;
  /** Gateway connections that are ready now. */
  connectedSessions = 0;
  /** Logins since the start; Discord allows 1000 a day. */
  identifies = 0;
  /** http://host:port, known once the server listens. */
  origin = "";

  constructor(options: { now: () => number; applicationId: string; token: string }) {
    this.clock = new Clock(options.now);
    this.snowflakes = new Snowflakes(() => this.clock.now());
    this.files = new FileStore(() => this.clock.now(), randomBytes(32));
    this.applicationId = options.applicationId;
    this.token = options.token;
  }

  get botId(): string {
    return this.applicationId;
  }

  /** What stands before /attachments/… in addresses of files. */
  get cdnUrl(): string {
    return `${this.origin}/cdn`;
  }

  get botConnected(): boolean {
    return this.connectedSessions > 0;
  }

  guildOf(channel: Channel): Guild | undefined {
    return channel.guildId === undefined ? undefined : this.guilds.get(channel.guildId);
  }

  /** Messages of one channel, oldest first, without deleted ones. */
  messagesIn(channelId: string): StoredMessage[] {
    return [...this.messages.values()].filter((message) => message.channelId === channelId && !message.deleted);
  }
}
