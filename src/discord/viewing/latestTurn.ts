import type { ChatInputCommandInteraction } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import type { Services } from "../Services.ts";
import { mayView } from "./findTurn.ts";

/** Discord gives that many messages at once. */
const LOOKED_AT = 100;

/** The newest result of somebody in the channel where they are; undefined also where the bot may not look. */
export async function latestTurn(
  interaction: ChatInputCommandInteraction,
  { turns }: Pick<Services, "turns">,
): Promise<Turn | undefined> {
  const messages = await interaction.channel?.messages.fetch({ limit: LOOKED_AT }).catch(() => undefined);
  for (const { id, author } of messages?.values() ?? []) {
    const turn = author.id === interaction.client.user.id ? await turns.byMessage(id) : undefined;
    if (turn && turn.author === interaction.user.id && mayView(interaction, turn)) return turn;
  }
  return undefined;
}
