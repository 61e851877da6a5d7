import { PermissionFlagsBits as Permission } from "discord-api-types/v10";
import type { Channel, Guild } from "./Guild.ts";

export type PermissionName = keyof typeof Permission;

export const ALL_PERMISSIONS = Object.values(Permission).reduce((all, bit) => all | bit, 0n);

/** What an ordinary member of a new server may do. */
export const MEMBER_PERMISSIONS = bits([
  "ViewChannel",
  "SendMessages",
  "SendMessagesInThreads",
  "CreatePublicThreads",
  "EmbedLinks",
  "AttachFiles",
  "AddReactions",
  "UseExternalEmojis",
  "ReadMessageHistory",
  "UseApplicationCommands",
  "UseExternalApps",
  "ChangeNickname",
]);

export function bits(names: readonly PermissionName[]): bigint {
  return names.reduce((sum, name) => sum | Permission[name], 0n);
}

/** A member's permissions in the guild as a whole; the owner and administrators have all of them. */
export function guildPermissions(guild: Guild, userId: string): bigint {
  if (guild.ownerId === userId) return ALL_PERMISSIONS;
  const member = guild.members.get(userId);
  if (!member) return 0n;
  const roles = [guild.id, ...member.roles].map((id) => guild.roles.get(id)?.permissions ?? 0n);
  const sum = roles.reduce((a, b) => a | b, 0n);
  return sum & Permission.Administrator ? ALL_PERMISSIONS : sum;
}

/** A member's permissions in one channel: @everyone's overwrite, then the roles' together, then the member's own. */
export function channelPermissions(guild: Guild, channel: Channel, userId: string): bigint {
  const base = guildPermissions(guild, userId);
  if (base === ALL_PERMISSIONS || base === 0n) return base;
  const roles = guild.members.get(userId)?.roles ?? [];
  let result = base;
  const apply = (ids: readonly string[]) => {
    const found = ids.flatMap((id) => channel.overwrites.get(id) ?? []);
    for (const { deny } of found) result &= ~deny;
    for (const { allow } of found) result |= allow;
  };
  apply([guild.id]);
  apply(roles);
  apply([userId]);
  return result & Permission.ViewChannel ? result : 0n;
}
