import type { RepliableInteraction } from "discord.js";
import type { Asker } from "./Asker.ts";
import { destinationOf } from "./destinationOf.ts";
import { isAgeRestricted } from "./isAgeRestricted.ts";
import { standingOf } from "./standingOf.ts";

/** @throws Refusal `forbidden` when the bot may attach no files there */
export function askerOf(interaction: RepliableInteraction): Asker {
  return {
    id: interaction.id,
    user: interaction.user.id,
    guild: interaction.guildId,
    channel: interaction.channelId ?? interaction.user.id,
    ageRestricted: isAgeRestricted(interaction.channel),
    standing: standingOf(interaction),
    locale: interaction.locale,
    channelLocale: interaction.guildLocale ?? interaction.locale,
    destination: destinationOf(interaction),
    attachmentLimit: interaction.attachmentSizeLimit,
    reply: { token: interaction.token, createdAt: interaction.createdTimestamp },
    message: null,
  };
}
