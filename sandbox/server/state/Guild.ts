import type { ChannelType } from "discord-api-types/v10";
import type { Locale } from "./locales.ts";

export interface User {
  id: string;
  username: string;
  displayName: string;
  bot: boolean;
  /** Which of the six default avatars and which colour on the page. */
  color: number;
  /** What this person's Discord client speaks. */
  locale: Locale;
}

export interface Role {
  id: string;
  name: string;
  permissions: bigint;
  position: number;
  color: number;
  managed: boolean;
}

export interface Member {
  userId: string;
  roles: string[];
  joinedAt: number;
  nick: string | null;
}

export interface Guild {
  id: string;
  name: string;
  ownerId: string;
  /** The server's preferred language. */
  locale: Locale;
  roles: Map<string, Role>;
  members: Map<string, Member>;
}

export interface Overwrite {
  id: string;
  /** 0: a role, 1: a member. */
  type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface Channel {
  id: string;
  type: ChannelType;
  name: string;
  topic: string | null;
  nsfw: boolean;
  position: number;
  guildId: string | undefined;
  overwrites: Map<string, Overwrite>;
  /** The people of a direct message. */
  recipients: string[];
  lastMessageId: string | null;
}
