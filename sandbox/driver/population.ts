import { ChannelType } from "discord-api-types/v10";
import { BOT_PERMISSIONS } from "../server/state/defaultWorld.ts";
import type { Channel, Guild, User } from "../server/state/Guild.ts";
import { MEMBER_PERMISSIONS } from "../server/state/permissions.ts";
import type { State } from "../server/state/State.ts";

const COLORS = [0x3ba55c, 0xeb459e, 0xfaa61a, 0xed4245, 0x00a8fc, 0x9b59b6];

/** A new member; `permissions` come from a role of their own. */
export function addUser(state: State, name: string, options: { guildId: string; permissions?: bigint }): User {
  const id = state.snowflakes.next();
  const color = COLORS[state.users.size % COLORS.length] as number;
  const displayName = name.charAt(0).toUpperCase() + name.slice(1);
  const user: User = { id, username: name, displayName, bot: false, color, locale: "en-US" };
  state.users.set(id, user);
  const guild = state.guilds.get(options.guildId);
  if (!guild) throw new Error(`there is no server ${options.guildId}`);
  const roles: string[] = [];
  if (options.permissions !== undefined) {
    const roleId = state.snowflakes.next();
    const role = {
      id: roleId,
      name,
      permissions: options.permissions,
      position: guild.roles.size,
      color: 0,
      managed: false,
    };
    guild.roles.set(roleId, role);
    roles.push(roleId);
  }
  guild.members.set(id, { userId: id, roles, joinedAt: state.clock.now(), nick: null });
  return user;
}

export function addChannel(
  state: State,
  name: string,
  options: { guildId: string; nsfw?: boolean; type?: ChannelType },
): Channel {
  const channel: Channel = {
    id: state.snowflakes.next(),
    type: options.type ?? ChannelType.GuildText,
    name,
    topic: null,
    nsfw: options.nsfw ?? false,
    position: state.channels.size,
    guildId: options.guildId,
    overwrites: new Map(),
    recipients: [],
    lastMessageId: null,
  };
  state.channels.set(channel.id, channel);
  state.hub.emit({ type: "channelCreate", channelId: channel.id });
  return channel;
}

export function addGuild(
  state: State,
  name: string,
  options: { ownerId: string; memberIds: string[]; bot: boolean },
): { guild: Guild; channel: Channel } {
  const id = state.snowflakes.next();
  const guild: Guild = { id, name, ownerId: options.ownerId, locale: "en-US", roles: new Map(), members: new Map() };
  guild.roles.set(id, {
    id,
    name: "@everyone",
    permissions: MEMBER_PERMISSIONS,
    position: 0,
    color: 0,
    managed: false,
  });
  for (const userId of [options.ownerId, ...options.memberIds]) {
    guild.members.set(userId, { userId, roles: [], joinedAt: state.clock.now(), nick: null });
  }
  if (options.bot) addBot(state, guild);
  state.guilds.set(id, guild);
  const channel = addChannel(state, "general", { guildId: id });
  state.hub.emit({ type: "guildCreate", guildId: id });
  return { guild, channel };
}

/** Makes the bot a member, with the role of its invitation. */
export function addBot(state: State, guild: Guild): void {
  const roleId = state.snowflakes.next();
  const role = { id: roleId, name: "emend", permissions: BOT_PERMISSIONS, position: 1, color: 0, managed: true };
  guild.roles.set(roleId, role);
  guild.members.set(state.botId, { userId: state.botId, roles: [roleId], joinedAt: state.clock.now(), nick: null });
}
