import type { PictureLimits } from "../../images/inspectPicture.ts";
import type { GuildSettings } from "../../settings/GuildSettings.ts";

/** The stricter of the bot's limits and the server's. */
export const limitsOf = (limits: PictureLimits, { maxMegapixels }: GuildSettings): PictureLimits => ({
  ...limits,
  maxPixels: Math.min(limits.maxPixels, (maxMegapixels ?? Number.POSITIVE_INFINITY) * 1e6),
});
