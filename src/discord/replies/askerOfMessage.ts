import type { Message } from "discord.js";
import { PermissionFlagsBits as Permission } from "discord-api-types/v10";
import type { Asker } from "../editing/Asker.ts";
import { isAgeRestricted } from "../editing/isAgeRestricted.ts";
import { standingOf } from "../editing/standingOf.ts";
import { Refusal } from "../Refusal.ts";

const MIB = 2 ** 20;
/** What a server's boosts allow the bot to post; a message does not say it, as an interaction does. Bytes by tier. */
const LIMITS = [10 * MIB, 10 * MIB, 50 * MIB, 100 * MIB];

/**
 * Who asks by a message. Whoever could use /edit with a picture in that channel may.
 * @throws Refusal `forbidden` when the member or the bot lacks a permission
 */
export function askerOfMessage(message: Message): Asker {
  const { id, guild, author, channelId } = message;
  const locale = localeOf(message);
  return {
    ...{ id, user: author.id, guild: guild?.id ?? null, channel: channelId, locale, channelLocale: locale },
    ageRestricted: isAgeRestricted(message.channel),
    standing: standingOf(message),
    destination: { destination: "channel", mayReply: message.inGuild() ? requirePermissions(message) : true },
    attachmentLimit: LIMITS[guild?.premiumTier ?? 0] ?? 10 * MIB,
    reply: undefined,
    message: id,
  };
}

/** Nobody's own language comes with a message, so it is the server's. */
export const localeOf = ({ guild }: Message): string => guild?.preferredLocale ?? "en-US";

/** @returns whether the bot may refer to messages there */
function requirePermissions({ channel, member }: Message<true>): boolean {
  const ofBot = channel.permissionsFor(channel.client.user);
  const speak = channel.isThread() ? Permission.SendMessagesInThreads : Permission.SendMessages;
  if (!ofBot?.has([speak, Permission.AttachFiles]))
    throw new Refusal("forbidden", ({ problems }) => problems.mayNotAttach);
  const ofMember = member && channel.permissionsFor(member);
  if (!ofMember?.has([Permission.UseApplicationCommands, Permission.AttachFiles])) {
    throw new Refusal("forbidden", ({ problems }) => problems.mayNotEdit);
  }
  return ofBot.has(Permission.ReadMessageHistory);
}
