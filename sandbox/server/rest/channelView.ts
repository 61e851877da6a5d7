import { userView } from "../messages/userView.ts";
import type { Channel } from "../state/Guild.ts";
import type { State } from "../state/State.ts";

export function channelView(state: State, channel: Channel) {
  if (channel.guildId === undefined) {
    const recipients = channel.recipients
      .filter((id) => id !== state.botId)
      .flatMap((id) => {
        const user = state.users.get(id);
        return user ? [userView(user)] : [];
      });
    return { id: channel.id, type: channel.type, last_message_id: channel.lastMessageId, recipients, flags: 0 };
  }
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    topic: channel.topic,
    nsfw: channel.nsfw,
    position: channel.position,
    parent_id: null,
    rate_limit_per_user: 0,
    last_message_id: channel.lastMessageId,
    flags: 0,
    permission_overwrites: [...channel.overwrites.values()].map(({ id, type, allow, deny }) => ({
      id,
      type,
      allow: allow.toString(),
      deny: deny.toString(),
    })),
  };
}
