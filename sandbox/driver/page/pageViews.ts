import { ChannelType, MessageType, PermissionFlagsBits as Permission } from "discord-api-types/v10";
import { messageView } from "../../server/messages/messageView.ts";
import { canView, permissionsIn } from "../../server/state/access.ts";
import type { Channel, User } from "../../server/state/Guild.ts";
import type { InteractionRecord } from "../../server/state/InteractionRecord.ts";
import { locales } from "../../server/state/locales.ts";
import { openDirectMessage } from "../../server/state/openDirectMessage.ts";
import { guildPermissions } from "../../server/state/permissions.ts";
import type { State } from "../../server/state/State.ts";
import type { StoredMessage } from "../../server/state/StoredMessage.ts";

/** What the page shows. Addresses of files lose their origin, so that they work under any name of this server. */

export function pageMessage(state: State, message: StoredMessage) {
  return local(state, {
    ...messageView(state, message, { mayReadContent: true }),
    /** Who used the command, for "Mina used /edit". */
    used: usedBy(state, message),
  });
}

function usedBy(state: State, message: StoredMessage) {
  const slash = message.type === MessageType.ChatInputCommand;
  if (!slash && message.type !== MessageType.ContextMenuCommand) return undefined;
  const record = state.interactions.get(message.interactionToken ?? "");
  return record && { userId: record.userId, name: record.commandName, slash };
}

function local<T>(state: State, value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(`${state.origin}/`, "/")) as T;
}

/** Whether a person sees a message at all. */
export function maySee(state: State, userId: string, message: StoredMessage): boolean {
  if (message.ephemeralFor !== undefined) return message.ephemeralFor === userId;
  const channel = state.channels.get(message.channelId);
  return channel !== undefined && canView(state, channel, userId);
}

export function pageInteraction(record: InteractionRecord) {
  const { id, state, channelId, commandName, sourceMessageId, modal } = record;
  return { id, state, channelId, commandName, sourceMessageId, modal, original: record.originalMessageId };
}

export function pageState(state: State, me: User) {
  openDirectMessage(state, ChannelType.DM, [state.botId, me.id]);
  const guild = [...state.guilds.values()].find((candidate) => candidate.members.has(me.id));
  const visible = [...state.channels.values()].filter((channel) => canView(state, channel, me.id));
  return {
    me: me.id,
    locale: me.locale,
    locales: Object.entries(locales).map(([code, name]) => ({ code, name })),
    guild: guild && { id: guild.id, name: guild.name, ownerId: guild.ownerId },
    applicationId: state.applicationId,
    botConnected: state.botConnected,
    attachmentSizeLimit: state.attachmentSizeLimit,
    now: state.clock.now(),
    people: [...state.users.values()].map((user) => ({
      id: user.id,
      name: user.displayName,
      bot: user.bot,
      color: user.color,
      manages: guild ? (guildPermissions(guild, user.id) & Permission.ManageGuild) !== 0n : false,
      member: guild?.members.has(user.id) ?? false,
    })),
    roles: guild ? [...guild.roles.values()].map(({ id, name, color }) => ({ id, name, color })) : [],
    channels: visible
      .filter((channel) => channel.guildId === undefined || channel.guildId === guild?.id)
      .map((channel) => pageChannel(state, channel, me)),
  };
}

function pageChannel(state: State, channel: Channel, me: User) {
  const has = permissionsIn(state, channel, me.id);
  const other = channel.recipients.find((id) => id !== me.id);
  const everyone = state.guildOf(channel)?.id ?? "";
  return {
    id: channel.id,
    name: other === undefined ? channel.name : (state.users.get(other)?.displayName ?? ""),
    topic: channel.topic,
    direct: channel.guildId === undefined,
    withUser: other,
    ageRestricted: channel.nsfw,
    isPrivate: ((channel.overwrites.get(everyone)?.deny ?? 0n) & Permission.ViewChannel) !== 0n,
    botCanSee: canView(state, channel, state.botId),
    maySend: (has & Permission.SendMessages) !== 0n,
    mayAttach: (has & Permission.AttachFiles) !== 0n,
    mayManage: (has & Permission.ManageMessages) !== 0n,
  };
}
