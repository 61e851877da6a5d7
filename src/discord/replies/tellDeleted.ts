import { type Client, type GuildMember, PermissionFlagsBits as Permission } from "discord.js";
import type { Turn } from "../../conversation/Turn.ts";
import { MAX_SHOWN } from "../delivery/resultCard.ts";
import { escapeText } from "../escapeText.ts";
import type { Services } from "../Services.ts";
import { shorten } from "../shorten.ts";
import { textsFor } from "../texts/textsFor.ts";

/**
 * Tells whoever asked for results that moderators deleted them: in a direct message, or, where they take none, in the
 * channel, without the words. Who it was stays unsaid. Never rejects.
 * @param known whether it was a moderator; else nobody is told who could have done it alone
 */
export async function tellDeleted(
  deleted: readonly Turn[],
  known: boolean,
  client: Client,
  services: Pick<Services, "postbox">,
): Promise<void> {
  for (const [author, turns] of Map.groupBy(deleted, (turn) => turn.author)) {
    const [first] = turns;
    // Only members: who left cannot be written to.
    const member = first && (await memberOf(first, client));
    if (!member || (!known && mayDelete(member, first))) continue;
    const { turns: texts } = textsFor(first.locale);
    const shown = turns.length === 1 ? escapeText(shorten(first.instruction, MAX_SHOWN)) : undefined;
    await services.postbox
      .postTo(author, texts.deletedByModerator(shown, turns.length, first.channel))
      .catch(() => inChannel(first, services))
      .catch(() => undefined);
  }
}

const memberOf = ({ guild, author }: Turn, { guilds }: Client): Promise<GuildMember | undefined> =>
  guilds.cache
    .get(guild ?? "")
    ?.members.fetch(author)
    .catch(() => undefined) ?? Promise.resolve(undefined);

const mayDelete = (member: GuildMember, { channel }: Turn): boolean =>
  member.guild.channels.cache.get(channel)?.permissionsFor(member).has(Permission.ManageMessages) ?? false;

const inChannel = ({ id, author, channel, channelLocale }: Turn, { postbox }: Pick<Services, "postbox">) =>
  postbox.post(channel, {
    content: textsFor(channelLocale).turns.oneDeletedByModerator(author),
    ...{ nonce: `d${id}`.slice(0, 25), enforce_nonce: true },
  });
