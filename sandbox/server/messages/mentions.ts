import { PermissionFlagsBits as Permission } from "discord-api-types/v10";
import { permissionsIn } from "../state/access.ts";
import type { Channel } from "../state/Guild.ts";
import type { State } from "../state/State.ts";
import type { StoredMessage } from "../state/StoredMessage.ts";
import type { MessageBody } from "../validate/messageBody.ts";
import { walkComponents } from "./walkComponents.ts";

/** A new message, as far as it can mention somebody. */
export interface Mentioning {
  channel: Channel;
  authorId: string;
  content: string;
  components: StoredMessage["components"];
  allowed: MessageBody["allowed_mentions"];
  parent: StoredMessage | undefined;
}

type Mentions = Pick<StoredMessage, "mentions" | "mentionsEveryone" | "mentionedRoles" | "addressesBot">;

/** Who a message mentions, in its content and its text displays, and whether it was addressed to the application (discord.md fact 1). */
export function findMentions(
  state: State,
  { channel, authorId, content, components, allowed, parent }: Mentioning,
): Mentions {
  const displays = [...walkComponents(components)].flatMap(({ component }) =>
    "content" in component ? [component.content] : [],
  );
  const text = [content, ...displays].join("\n");
  const ids = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] as string);
  const may = (kind: "users" | "roles", id: string) =>
    !allowed || allowed.parse?.includes(kind) || allowed[kind]?.includes(id);
  const mentions = new Set(ids(/<@!?(\d+)>/g).filter((id) => state.users.has(id) && may("users", id)));
  const mayShout = (permissionsIn(state, channel, authorId) & Permission.MentionEveryone) !== 0n;
  const roles = ids(/<@&(\d+)>/g).filter((id) => state.guildOf(channel)?.roles.has(id) && may("roles", id));
  const inText = mentions.has(state.botId);
  const pings = parent !== undefined && (allowed ? allowed.replied_user === true : true);
  if (pings) mentions.add(parent.authorId);
  // A ping on a reply counts only when the parent is an ordinary message of the bot, not an answer to an interaction.
  const byReply = pings && parent.authorId === state.botId && parent.interactionToken === undefined;
  return {
    mentions: [...mentions],
    mentionsEveryone:
      mayShout && /@(everyone|here)/.test(text) && (!allowed || allowed.parse?.includes("everyone") === true),
    mentionedRoles: mayShout ? roles : [],
    addressesBot: inText || byReply,
  };
}
