import { ChannelType } from "discord-api-types/v10";
import type { Channel, Guild, User } from "./Guild.ts";
import { bits, MEMBER_PERMISSIONS } from "./permissions.ts";
import type { State } from "./State.ts";

/** Fixed ids, so that what a bot remembers about this server still fits after a restart of the sandbox. */
export const IDS = {
  application: "1100000000000000001",
  guild: "1100000000000000002",
  botRole: "1100000000000000003",
  moderatorRole: "1100000000000000004",
  pictures: "1100000000000000010",
  lounge: "1100000000000000011",
  afterDark: "1100000000000000012",
  staff: "1100000000000000013",
  olive: "1100000000000000020",
  mina: "1100000000000000021",
  theo: "1100000000000000022",
};

/** What the invitation link of such a bot asks for. */
export const BOT_PERMISSIONS = bits([
  "ViewChannel",
  "SendMessages",
  "SendMessagesInThreads",
  "EmbedLinks",
  "AttachFiles",
  "ReadMessageHistory",
  "AddReactions",
  "UseExternalEmojis",
]);

/** One server, "Picture club": two open channels, an age-restricted one, and one that the bot cannot see. */
export function addDefaultWorld(state: State): void {
  const locale = "en-US";
  const users: User[] = [
    { id: state.botId, username: "emend", displayName: "emend", bot: true, color: 0x5865f2, locale },
    { id: IDS.olive, username: "olive", displayName: "Olive", bot: false, color: 0x3ba55c, locale },
    { id: IDS.mina, username: "mina", displayName: "Mina", bot: false, color: 0xeb459e, locale },
    { id: IDS.theo, username: "theo", displayName: "Theo", bot: false, color: 0xfaa61a, locale },
  ];
  for (const user of users) state.users.set(user.id, user);

  const joinedAt = state.clock.now() - 86_400_000;
  const guild: Guild = {
    id: IDS.guild,
    name: "Picture club",
    ownerId: IDS.olive,
    locale,
    roles: new Map(),
    members: new Map(),
  };
  const role = (id: string, name: string, permissions: bigint, position: number, color: number, managed = false) =>
    guild.roles.set(id, { id, name, permissions, position, color, managed });
  role(guild.id, "@everyone", MEMBER_PERMISSIONS, 0, 0);
  role(IDS.moderatorRole, "Moderator", bits(["ManageGuild", "ManageMessages"]), 1, 0x3ba55c);
  role(IDS.botRole, "emend", BOT_PERMISSIONS, 2, 0x5865f2, true);
  const join = (userId: string, roles: string[]) => guild.members.set(userId, { userId, roles, joinedAt, nick: null });
  join(state.botId, [IDS.botRole]);
  join(IDS.olive, []);
  join(IDS.mina, []);
  join(IDS.theo, []);
  state.guilds.set(guild.id, guild);

  const text = (id: string, name: string, topic: string, position: number): Channel => {
    const channel: Channel = {
      id,
      type: ChannelType.GuildText,
      name,
      topic,
      nsfw: false,
      position,
      guildId: guild.id,
      overwrites: new Map(),
      recipients: [],
      lastMessageId: null,
    };
    state.channels.set(id, channel);
    return channel;
  };
  text(IDS.pictures, "pictures", "Post a picture, say what should change.", 0);
  text(IDS.lounge, "lounge", "Everything else.", 1);
  text(IDS.afterDark, "after-dark", "Age-restricted.", 2).nsfw = true;
  const view = bits(["ViewChannel"]);
  const staff = text(IDS.staff, "staff", "The bot cannot see this one.", 3);
  staff.overwrites.set(guild.id, { id: guild.id, type: 0, allow: 0n, deny: view });
  staff.overwrites.set(IDS.moderatorRole, { id: IDS.moderatorRole, type: 0, allow: view, deny: 0n });
}
