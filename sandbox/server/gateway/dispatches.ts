import { ChannelType, GatewayIntentBits as Intent } from "discord-api-types/v10";
import { messageView } from "../messages/messageView.ts";
import { memberFields } from "../messages/userView.ts";
import { channelView } from "../rest/channelView.ts";
import { guildCreateView, guildView } from "../rest/guildView.ts";
import { canView } from "../state/access.ts";
import type { Channel } from "../state/Guild.ts";
import type { SandboxEvent } from "../state/Hub.ts";
import type { State } from "../state/State.ts";
import type { StoredMessage } from "../state/StoredMessage.ts";

export interface Dispatch {
  t: string;
  d: unknown;
}

/** What a session with these intents is told about an event; undefined when it must not hear of it. */
export function dispatchFor(state: State, event: SandboxEvent, intents: number): Dispatch | undefined {
  switch (event.type) {
    case "messageCreate":
    case "messageUpdate":
    case "messageDelete":
      return messageDispatch(state, event.type, event.message, intents);
    case "interactionCreate":
      return { t: "INTERACTION_CREATE", d: event.interaction.payload };
    case "channelUpdate": {
      const channel = state.channels.get(event.channelId);
      if (!channel || !isMember(state, channel) || !(intents & Intent.Guilds)) return undefined;
      return { t: "CHANNEL_UPDATE", d: channelView(state, channel) };
    }
    case "channelCreate": {
      const channel = state.channels.get(event.channelId);
      if (!channel || !isMember(state, channel) || !(intents & Intent.Guilds) || channel.guildId === undefined)
        return undefined;
      return { t: "CHANNEL_CREATE", d: channelView(state, channel) };
    }
    case "guildCreate": {
      const guild = state.guilds.get(event.guildId);
      if (!guild?.members.has(state.botId) || !(intents & Intent.Guilds)) return undefined;
      return { t: "GUILD_CREATE", d: guildCreateView(state, guild) };
    }
    case "guildUpdate": {
      const guild = state.guilds.get(event.guildId);
      if (!guild?.members.has(state.botId) || !(intents & Intent.Guilds)) return undefined;
      return { t: "GUILD_UPDATE", d: guildView(guild) };
    }
    case "guildDelete":
      if (!(intents & Intent.Guilds)) return undefined;
      return { t: "GUILD_DELETE", d: { id: event.guildId, ...(event.unavailable ? { unavailable: true } : {}) } };
    case "memberUpdate":
      return memberDispatch(state, event.guildId, event.userId, intents);
    default:
      return undefined;
  }
}

function isMember(state: State, channel: Channel): boolean {
  const guild = state.guildOf(channel);
  return guild ? guild.members.has(state.botId) : channel.recipients.includes(state.botId);
}

const NAMES = { messageCreate: "MESSAGE_CREATE", messageUpdate: "MESSAGE_UPDATE", messageDelete: "MESSAGE_DELETE" };

/** Private replies are never announced; the others only where the bot can look. */
function messageDispatch(
  state: State,
  type: keyof typeof NAMES,
  message: StoredMessage,
  intents: number,
): Dispatch | undefined {
  const channel = state.channels.get(message.channelId);
  if (!channel || message.ephemeralFor !== undefined || !isMember(state, channel)) return undefined;
  const isDirect = channel.type === ChannelType.DM;
  if (!(intents & (isDirect ? Intent.DirectMessages : Intent.GuildMessages))) return undefined;
  if (!canView(state, channel, state.botId)) return undefined;
  const guild = state.guildOf(channel);
  const place = guild ? { guild_id: guild.id } : {};
  if (type === "messageDelete") return { t: NAMES[type], d: { id: message.id, channel_id: channel.id, ...place } };
  const view = messageView(state, message, { mayReadContent: (intents & Intent.MessageContent) !== 0 });
  const member = guild?.members.has(message.authorId) ? { member: memberFields(guild, message.authorId) } : {};
  return { t: NAMES[type], d: { ...view, channel_type: channel.type, ...place, ...member } };
}

/** Changes of the bot's own member come without the members intent. */
function memberDispatch(state: State, guildId: string, userId: string, intents: number): Dispatch | undefined {
  const guild = state.guilds.get(guildId);
  const user = state.users.get(userId);
  if (!guild || !user || !(intents & (userId === state.botId ? Intent.Guilds : Intent.GuildMembers))) return undefined;
  return {
    t: "GUILD_MEMBER_UPDATE",
    d: {
      guild_id: guildId,
      user: { id: userId, username: user.username, discriminator: "0", avatar: null, global_name: null, bot: user.bot },
      ...memberFields(guild, userId),
    },
  };
}
