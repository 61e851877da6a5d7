import { ChannelType } from "discord-api-types/v10";
import { z } from "zod";
import { parseForm } from "../errors/formError.ts";
import { refusals } from "../errors/refusals.ts";
import type { Route } from "../http/Router.ts";
import { userView } from "../messages/userView.ts";
import { openDirectMessage } from "../state/openDirectMessage.ts";
import type { State } from "../state/State.ts";
import { snowflake } from "../validate/fields.ts";
import { channelView } from "./channelView.ts";

export function userRoutes(state: State): Route[] {
  const find = (id: string) => {
    const user = state.users.get(id === "@me" ? state.botId : id);
    if (!user) throw refusals.unknownUser();
    return { status: 200, body: userView(user) };
  };
  return [
    { method: "GET", pattern: "/users/@me", auth: true, handle: () => find("@me") },
    { method: "GET", pattern: "/users/:user", auth: true, handle: ({ params }) => find(params.user as string) },
    {
      method: "GET",
      pattern: "/users/@me/guilds",
      auth: true,
      handle: () => ({
        status: 200,
        body: [...state.guilds.values()]
          .filter((guild) => guild.members.has(state.botId))
          .map(({ id, name, ownerId }) => ({
            id,
            name,
            icon: null,
            owner: ownerId === state.botId,
            features: [],
            permissions: "0",
          })),
      }),
    },
    {
      method: "POST",
      pattern: "/users/@me/channels",
      auth: true,
      handle: ({ body }) => {
        const { recipient_id } = parseForm(z.object({ recipient_id: snowflake }), body ?? {});
        const user = state.users.get(recipient_id);
        if (!user) throw refusals.unknownUser();
        if (user.bot) throw refusals.cannotMessageUser();
        const channel = openDirectMessage(state, ChannelType.DM, [state.botId, user.id]);
        return { status: 200, body: channelView(state, channel) };
      },
    },
  ];
}
