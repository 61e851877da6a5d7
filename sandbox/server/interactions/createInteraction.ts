import { randomBytes } from "node:crypto";
import {
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  type InteractionType,
} from "discord-api-types/v10";
import { messageView } from "../messages/messageView.ts";
import { memberFields, userView } from "../messages/userView.ts";
import { permissionsIn } from "../state/access.ts";
import type { Channel } from "../state/Guild.ts";
import type { InteractionRecord } from "../state/InteractionRecord.ts";
import { MEMBER_PERMISSIONS } from "../state/permissions.ts";
import type { State } from "../state/State.ts";
import type { StoredMessage } from "../state/StoredMessage.ts";

/** Milliseconds that an interaction's token lives. */
export const TOKEN_LIFETIME = 15 * 60_000;

export interface NewInteraction {
  type: InteractionType;
  userId: string;
  channel: Channel;
  data: Record<string, unknown>;
  commandName?: string;
  targetMessageId?: string;
  /** The message with the button, menu, or the button that opened the modal. */
  source?: StoredMessage;
}

/** Registers what a person did, starts the time it may take, and tells the application. */
export function createInteraction(state: State, request: NewInteraction): InteractionRecord {
  const { type, userId, channel, source } = request;
  const id = state.snowflakes.next();
  const guild = state.guildOf(channel);
  const record: InteractionRecord = {
    id,
    token: `${Buffer.from(`interaction:${id}:`).toString("base64url")}${randomBytes(48).toString("base64url")}`,
    type,
    userId,
    channelId: channel.id,
    guildId: guild?.id,
    createdAt: state.clock.now(),
    state: "waiting",
    commandName: request.commandName,
    targetMessageId: request.targetMessageId,
    sourceMessageId: source?.id,
    acknowledgedBy: undefined,
    originalMessageId: undefined,
    deferred: false,
    ephemeral: false,
    followups: 0,
    userInstallOnly: isUserInstallOnly(state, channel),
    modal: undefined,
    choices: undefined,
    cancelDeadline: () => {},
    payload: {},
  };
  record.payload = interactionPayload(state, record, request);
  record.cancelDeadline = state.clock.after(state.answerWithin, () => {
    if (record.state !== "waiting") return;
    record.state = "failed";
    state.hub.emit({ type: "interactionUpdate", interaction: record });
  });
  state.interactions.set(record.token, record);
  state.hub.emit({ type: "interactionCreate", interaction: record });
  return record;
}

/** Whether the application is there only because the user brought it along. */
export function isUserInstallOnly(state: State, channel: Channel): boolean {
  const guild = state.guildOf(channel);
  if (guild) return !guild.members.has(state.botId);
  return !channel.recipients.includes(state.botId);
}

function contextOf(state: State, channel: Channel): InteractionContextType {
  if (channel.guildId !== undefined) return InteractionContextType.Guild;
  return channel.recipients.includes(state.botId)
    ? InteractionContextType.BotDM
    : InteractionContextType.PrivateChannel;
}

function interactionPayload(state: State, record: InteractionRecord, request: NewInteraction): Record<string, unknown> {
  const { channel, userId, source } = request;
  const user = state.users.get(userId);
  const guild = state.guildOf(channel);
  if (!user) throw new Error(`no user ${userId}`);
  const permissions = permissionsIn(state, channel, userId).toString();
  const botPermissions = record.userInstallOnly ? MEMBER_PERMISSIONS : permissionsIn(state, channel, state.botId);
  const place = guild
    ? {
        guild_id: guild.id,
        guild: { id: guild.id, locale: guild.locale, features: [] },
        guild_locale: guild.locale,
        member: { user: userView(user), ...memberFields(guild, userId), permissions },
      }
    : { user: userView(user) };
  return {
    id: record.id,
    application_id: state.applicationId,
    type: record.type,
    token: record.token,
    version: 1,
    ...place,
    channel_id: channel.id,
    channel: interactionChannel(channel, permissions),
    locale: user.locale,
    app_permissions: botPermissions.toString(),
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: integrationOwners(state, record, channel),
    context: contextOf(state, channel),
    attachment_size_limit: state.attachmentSizeLimit,
    data: request.data,
    ...(source ? { message: messageView(state, source, { mayReadContent: true }) } : {}),
  };
}

export function integrationOwners(state: State, record: InteractionRecord, channel: Channel): Record<string, string> {
  if (record.userInstallOnly) return { [ApplicationIntegrationType.UserInstall]: record.userId };
  return { [ApplicationIntegrationType.GuildInstall]: state.guildOf(channel)?.id ?? "0" };
}

function interactionChannel(channel: Channel, permissions: string) {
  const base = { id: channel.id, type: channel.type, permissions, last_message_id: channel.lastMessageId, flags: 0 };
  if (channel.type === ChannelType.DM || channel.type === ChannelType.GroupDM) return base;
  const { guildId, name, position, nsfw, topic } = channel;
  return { ...base, guild_id: guildId, name, position, nsfw, topic, parent_id: null, rate_limit_per_user: 0 };
}
