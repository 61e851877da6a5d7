import type { State } from "../state/State.ts";
import type { StoredMessage } from "../state/StoredMessage.ts";
import type { MessageBody } from "../validate/messageBody.ts";

/** Who a message mentions, and whether it was addressed to the application (discord.md fact 1). */
export function findMentions(
  state: State,
  content: string,
  allowed: MessageBody["allowed_mentions"],
  parent: StoredMessage | undefined,
): { mentions: string[]; addressesBot: boolean } {
  const named = [...content.matchAll(/<@!?(\d+)>/g)].map((match) => match[1] as string);
  const may = (id: string) => !allowed || allowed.parse?.includes("users") || allowed.users?.includes(id);
  const mentions = new Set(named.filter((id) => state.users.has(id) && may(id)));
  const inText = mentions.has(state.botId);
  const pings = parent !== undefined && (allowed ? allowed.replied_user === true : true);
  if (pings) mentions.add(parent.authorId);
  // A ping on a reply counts only when the parent is an ordinary message of the bot, not an answer to an interaction.
  const byReply = pings && parent.authorId === state.botId && parent.interactionToken === undefined;
  return { mentions: [...mentions], addressesBot: inText || byReply };
}
