import type { APIGuildMember, APIUser } from "discord-api-types/v10";
import type { Guild, User } from "../state/Guild.ts";
import type { State } from "../state/State.ts";

export function userView(user: User): APIUser {
  return {
    id: user.id,
    username: user.username,
    discriminator: user.bot ? "0000" : "0",
    global_name: user.bot ? null : user.displayName,
    avatar: null,
    ...(user.bot ? { bot: true } : {}),
  };
}

export function memberView(state: State, guild: Guild, userId: string): APIGuildMember | undefined {
  const member = guild.members.get(userId);
  const user = state.users.get(userId);
  if (!member || !user) return undefined;
  return { user: userView(user), ...memberFields(guild, userId) } as APIGuildMember;
}

/** A member without the user, as messages carry it. */
export function memberFields(guild: Guild, userId: string) {
  const member = guild.members.get(userId);
  return {
    roles: member?.roles ?? [],
    joined_at: new Date(member?.joinedAt ?? 0).toISOString(),
    premium_since: null,
    nick: member?.nick ?? null,
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    pending: false,
    deaf: false,
    mute: false,
    flags: 0,
  };
}
