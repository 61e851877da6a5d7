import { type MessageComponentInteraction, MessageFlags, type ModalSubmitInteraction } from "discord.js";

/**
 * The message below which a result belongs when its button, menu or form was used. Nobody but the asker sees a private
 * reply, so nothing in the channel can refer to it.
 */
export function messageOf({ message }: MessageComponentInteraction | ModalSubmitInteraction): string | undefined {
  return message === null || message.flags.has(MessageFlags.Ephemeral) ? undefined : message.id;
}
