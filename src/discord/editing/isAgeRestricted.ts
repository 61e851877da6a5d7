import type { Channel } from "discord.js";

/**
 * Whether a channel is age-restricted; a thread is what its channel is. Outside of servers nothing is, and what cannot be
 * found out is taken for open to all.
 */
export function isAgeRestricted(channel: Channel | null): boolean {
  if (!channel || channel.isDMBased()) return false;
  const place = channel.isThread() ? channel.parent : channel;
  return place !== null && "nsfw" in place && place.nsfw;
}
