import type { GuildSettings } from "../../settings/GuildSettings.ts";
import { Refusal } from "../Refusal.ts";
import { channelMentions, roleMentions } from "../settings/settingsText.ts";

/** Where somebody asks for an edit, and as what. */
export interface Standing {
  /** Null outside servers. */
  readonly guild: string | null;
  /** The channel, and for a thread the one that it is in. */
  readonly channels: readonly (string | null)[];
  readonly roles: readonly string[];
}

/**
 * Checks the channel and the member against what the server allows.
 * @throws Refusal `forbidden`
 */
export function requireAllowed({ guild, channels, roles }: Standing, settings: GuildSettings): void {
  if (guild === null) return;
  const { allowedChannels, allowedRoles } = settings;
  if (allowedChannels.length > 0 && !allowedChannels.some((id) => channels.includes(id))) {
    throw new Refusal("forbidden", (texts) => texts.settings.channelNotOpen(channelMentions(allowedChannels)));
  }
  const has = new Set([guild, ...roles]); // the server's id is the role of everybody
  if (allowedRoles.length > 0 && !allowedRoles.some((id) => has.has(id))) {
    throw new Refusal("forbidden", (texts) => texts.settings.roleMissing(roleMentions(allowedRoles)));
  }
}
