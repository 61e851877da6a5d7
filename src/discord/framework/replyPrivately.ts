import { MessageFlags, type RepliableInteraction } from "discord.js";

/** Answers so that only the asker sees it, whatever was answered before. */
export async function replyPrivately(interaction: RepliableInteraction, content: string): Promise<void> {
  const allowedMentions = { parse: [] };
  if (interaction.deferred || interaction.replied) {
    await interaction.editReply({ content, files: [], attachments: [], allowedMentions });
  } else await interaction.reply({ content, flags: MessageFlags.Ephemeral, allowedMentions });
}
