import type { ChannelType } from "discord-api-types/v10";
import type { Channel } from "./Guild.ts";
import type { State } from "./State.ts";

/** The direct-message channel between these people, made on first use. */
export function openDirectMessage(state: State, type: ChannelType.DM | ChannelType.GroupDM, people: string[]): Channel {
  const same = (channel: Channel) =>
    channel.guildId === undefined &&
    channel.recipients.length === people.length &&
    people.every((id) => channel.recipients.includes(id));
  const found = [...state.channels.values()].find(same);
  if (found) return found;
  const channel: Channel = {
    id: state.snowflakes.next(),
    type,
    name: "",
    topic: null,
    nsfw: false,
    position: 0,
    guildId: undefined,
    overwrites: new Map(),
    recipients: people,
    lastMessageId: null,
  };
  state.channels.set(channel.id, channel);
  state.hub.emit({ type: "channelCreate", channelId: channel.id });
  return channel;
}
