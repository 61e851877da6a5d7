import { PermissionFlagsBits as Permission } from "discord-api-types/v10";
import { refusals } from "../errors/refusals.ts";
import type { Channel } from "./Guild.ts";
import { ALL_PERMISSIONS, channelPermissions, MEMBER_PERMISSIONS, type PermissionName } from "./permissions.ts";
import type { State } from "./State.ts";

/** What a user may do in a channel; nothing in a direct message between others. */
export function permissionsIn(state: State, channel: Channel, userId: string): bigint {
  const guild = state.guildOf(channel);
  if (guild) return channelPermissions(guild, channel, userId);
  return channel.recipients.includes(userId) ? MEMBER_PERMISSIONS : 0n;
}

export function canView(state: State, channel: Channel, userId: string): boolean {
  return (permissionsIn(state, channel, userId) & Permission.ViewChannel) !== 0n;
}

/** The channel, or 10003 when there is none and 50001 when the user cannot see it. */
export function visibleChannel(state: State, channelId: string, userId: string): Channel {
  const channel = state.channels.get(channelId);
  if (!channel) throw refusals.unknownChannel();
  if (!canView(state, channel, userId)) throw refusals.missingAccess();
  return channel;
}

/** Throws 50013 when one of the permissions is missing. */
export function requirePermissions(state: State, channel: Channel, userId: string, ...names: PermissionName[]): void {
  const has = permissionsIn(state, channel, userId);
  if (has === ALL_PERMISSIONS) return;
  for (const name of names) if ((has & Permission[name]) === 0n) throw refusals.missingPermissions();
}
