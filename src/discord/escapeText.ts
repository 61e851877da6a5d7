import { escapeMarkdown } from "discord.js";

/** People's words as plain text: no formatting, no links, no look-alike of a mention. */
export function escapeText(text: string): string {
  return escapeMarkdown(text, { heading: true, bulletedList: true, numberedList: true, maskedLink: true })
    .replaceAll("<", "\\<")
    .replaceAll("@", "@\u200b");
}
