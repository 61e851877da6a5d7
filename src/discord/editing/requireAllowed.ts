import type { RepliableInteraction } from "discord.js";
import type { GuildSettings } from "../../settings/GuildSettings.ts";
import { Refusal } from "../Refusal.ts";
import { channelMentions, roleMentions } from "../settings/settingsText.ts";

/**
 * Checks the channel and the member against what the server allows. A thread counts as the channel that it is in.
 * @throws Refusal `forbidden`
 */
export function requireAllowed(interaction: RepliableInteraction, settings: GuildSettings): void {
  const { allowedChannels, allowedRoles } = settings;
  const { channel, channelId, guildId } = interaction;
  if (guildId === null) return;
  const places = [channelId, ...(channel?.isThread() ? [channel.parentId] : [])];
  if (allowedChannels.length > 0 && !allowedChannels.some((id) => places.includes(id))) {
    throw new Refusal("forbidden", (texts) => texts.settings.channelNotOpen(channelMentions(allowedChannels)));
  }
  const has = new Set([guildId, ...rolesOf(interaction)]); // the server's id is the role of everybody
  if (allowedRoles.length > 0 && !allowedRoles.some((id) => has.has(id))) {
    throw new Refusal("forbidden", (texts) => texts.settings.roleMissing(roleMentions(allowedRoles)));
  }
}

/** As the interaction says them: ids alone, for a server that is not in the cache. */
function rolesOf({ member }: RepliableInteraction): string[] {
  if (!member) return [];
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
}
