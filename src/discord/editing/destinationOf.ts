import { ApplicationIntegrationType, InteractionContextType, type RepliableInteraction } from "discord.js";
import { PermissionFlagsBits as Permission } from "discord-api-types/v10";
import type { Turn } from "../../conversation/Turn.ts";
import { Refusal } from "../Refusal.ts";

export interface Destination {
  readonly destination: Turn["destination"];
  /** Whether a message of ours may refer to another one, as a reply. */
  readonly mayReply: boolean;
}

/**
 * Where the result of an interaction can go, by the permissions that Discord sends along. The deferred reply works
 * everywhere; a message of its own only where the bot is a member and may speak.
 * @throws Refusal `forbidden` when the bot may attach no files
 */
export function destinationOf(interaction: RepliableInteraction): Destination {
  const { appPermissions, context, authorizingIntegrationOwners: owners, channel } = interaction;
  if (interaction.guildId !== null && !appPermissions.has(Permission.AttachFiles)) {
    throw new Refusal("forbidden", (texts) => texts.problems.mayNotAttach);
  }
  const isMember = owners[ApplicationIntegrationType.GuildInstall] !== undefined;
  if (!isMember || context === InteractionContextType.PrivateChannel) return { destination: "reply", mayReply: false };
  if (interaction.guildId === null) return { destination: "channel", mayReply: true };
  const speak = channel?.isThread() ? Permission.SendMessagesInThreads : Permission.SendMessages;
  return {
    destination: appPermissions.has([Permission.ViewChannel, speak]) ? "channel" : "reply",
    mayReply: appPermissions.has(Permission.ReadMessageHistory),
  };
}
