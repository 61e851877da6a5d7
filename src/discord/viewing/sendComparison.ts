import { type MessageComponentInteraction, MessageFlags } from "discord.js";
import { bodyOf } from "../learning/Card.ts";
import type { Services } from "../Services.ts";
import type { Texts } from "../texts/en.ts";
import { compareCard } from "./compareCard.ts";
import { findComparison } from "./findComparison.ts";
import { inTurn } from "./inTurn.ts";
import { MIDDLE, type Slide } from "./slidePosition.ts";

/**
 * Draws a comparison: into the one whose button or menu was used, else into a private answer of its own. Looks first
 * and answers then, so that a refusal leaves the pictures there.
 */
export async function sendComparison(
  interaction: MessageComponentInteraction,
  { turnId, other, percent = MIDDLE }: Omit<Slide, "percent"> & { readonly percent?: number },
  services: Services,
  texts: Texts,
): Promise<void> {
  const comparison = await findComparison(interaction, turnId, other, services, texts);
  // Our own buttons stand in a private reply; a forged one must not write over what everybody sees.
  if (interaction.message.flags.has(MessageFlags.Ephemeral)) await interaction.deferUpdate();
  else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const card = await inTurn(() => compareCard(comparison, texts, percent));
  await services.postbox.editReply(interaction.token, bodyOf(card), card.files);
}
