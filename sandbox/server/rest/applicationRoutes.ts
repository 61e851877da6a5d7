import { ApplicationFlags } from "discord-api-types/v10";
import type { Route, RouteReply } from "../http/Router.ts";
import { userView } from "../messages/userView.ts";
import type { State } from "../state/State.ts";

/** The application as the portal shows it; its flags say which privileged intents are on. */
export function applicationView(state: State) {
  const bot = state.users.get(state.botId);
  const flags =
    (state.privilegedIntents.has("MessageContent") ? ApplicationFlags.GatewayMessageContentLimited : 0) |
    (state.privilegedIntents.has("GuildMembers") ? ApplicationFlags.GatewayGuildMembersLimited : 0) |
    (state.privilegedIntents.has("GuildPresences") ? ApplicationFlags.GatewayPresenceLimited : 0);
  return {
    id: state.applicationId,
    name: bot?.displayName ?? "emend",
    icon: null,
    description: "",
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: "0".repeat(64),
    flags,
    team: null,
    ...(bot ? { bot: userView(bot) } : {}),
    owner: [...state.users.values()].filter((user) => !user.bot).map(userView)[0],
    approximate_guild_count: state.guilds.size,
    integration_types_config: { 0: {}, 1: {} },
  };
}

export function applicationRoutes(state: State): Route[] {
  const handle = (): RouteReply => ({ status: 200, body: applicationView(state) });
  return [
    { method: "GET", pattern: "/applications/@me", auth: true, handle },
    { method: "GET", pattern: "/oauth2/applications/@me", auth: true, handle },
  ];
}
