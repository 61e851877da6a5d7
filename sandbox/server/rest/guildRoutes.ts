import { refusals } from "../errors/refusals.ts";
import type { Route } from "../http/Router.ts";
import { memberView } from "../messages/userView.ts";
import type { State } from "../state/State.ts";
import { channelView } from "./channelView.ts";
import { guildView, roleView } from "./guildView.ts";

export function guildRoutes(state: State): Route[] {
  /** The guild, or 10004; a guild the bot is not in is unknown to it. */
  const find = (id: string | undefined) => {
    const guild = state.guilds.get(id ?? "");
    if (!guild?.members.has(state.botId)) throw refusals.unknownGuild();
    return guild;
  };
  const get = (pattern: string, handle: Route["handle"]): Route => ({ method: "GET", pattern, auth: true, handle });
  return [
    get("/guilds/:guild", ({ params }) => ({ status: 200, body: guildView(find(params.guild)) })),
    get("/guilds/:guild/roles", ({ params }) => ({
      status: 200,
      body: [...find(params.guild).roles.values()].map(roleView),
    })),
    get("/guilds/:guild/channels", ({ params }) => {
      const guild = find(params.guild);
      const channels = [...state.channels.values()].filter((channel) => channel.guildId === guild.id);
      return { status: 200, body: channels.map((channel) => channelView(state, channel)) };
    }),
    get("/guilds/:guild/members/:user", ({ params }) => {
      const guild = find(params.guild);
      const member = memberView(state, guild, params.user as string);
      if (!member) throw refusals.unknownMember();
      return { status: 200, body: member };
    }),
    get("/guilds/:guild/members", ({ params }) => {
      const guild = find(params.guild);
      if (!state.privilegedIntents.has("GuildMembers")) throw refusals.missingAccess();
      return { status: 200, body: [...guild.members.keys()].map((id) => memberView(state, guild, id)) };
    }),
  ];
}
