import type { GuildSettings } from "../../settings/GuildSettings.ts";
import type { EditWish } from "./startEdit.ts";

/** A wish with the server's values where it has none; what the server has not set either is left to the engine. */
export const withDefaults = (wish: EditWish, { profile, steps, alpha }: GuildSettings): EditWish => ({
  ...wish,
  profile: wish.profile ?? profile ?? undefined,
  steps: wish.steps ?? steps ?? undefined,
  alpha: wish.alpha ?? alpha ?? undefined,
});
