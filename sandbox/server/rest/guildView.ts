import { memberView } from "../messages/userView.ts";
import type { Guild, Role } from "../state/Guild.ts";
import type { State } from "../state/State.ts";
import { channelView } from "./channelView.ts";

export function roleView(role: Role) {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position: role.position,
    color: role.color,
    colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    managed: role.managed,
    mentionable: false,
    flags: 0,
  };
}

export function guildView(guild: Guild) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    owner_id: guild.ownerId,
    roles: [...guild.roles.values()].map(roleView),
    emojis: [],
    stickers: [],
    features: [],
    preferred_locale: guild.locale,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    nsfw_level: 0,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    application_id: null,
    afk_channel_id: null,
    afk_timeout: 300,
    vanity_url_code: null,
    max_video_channel_users: 25,
  };
}

/** GUILD_CREATE: the guild with its channels and the bot's own member. */
export function guildCreateView(state: State, guild: Guild) {
  const channels = [...state.channels.values()].filter((channel) => channel.guildId === guild.id);
  return {
    ...guildView(guild),
    joined_at: new Date(guild.members.get(state.botId)?.joinedAt ?? 0).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: [memberView(state, guild, state.botId)],
    channels: channels.map((channel) => channelView(state, channel)),
    threads: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
