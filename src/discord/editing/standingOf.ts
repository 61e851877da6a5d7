import type { APIInteractionGuildMember, Channel, GuildMember } from "discord.js";
import type { Standing } from "./requireAllowed.ts";

/** What an interaction and a message both say about where somebody acts. */
export interface Acting {
  readonly guildId: string | null;
  readonly channelId: string | null;
  readonly channel: Channel | null;
  /** With ids of roles alone for a server that is not in the cache. */
  readonly member: GuildMember | APIInteractionGuildMember | null;
}

export const standingOf = ({ guildId, channelId, channel, member }: Acting): Standing => ({
  guild: guildId,
  channels: [channelId, ...(channel?.isThread() ? [channel.parentId] : [])],
  roles: Array.isArray(member?.roles) ? member.roles : [...(member?.roles.cache.keys() ?? [])],
});
