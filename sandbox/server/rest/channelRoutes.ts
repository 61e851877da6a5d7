import { refusals } from "../errors/refusals.ts";
import type { Route, RouteRequest } from "../http/Router.ts";
import { requirePermissions, visibleChannel } from "../state/access.ts";
import type { State } from "../state/State.ts";
import { channelView } from "./channelView.ts";
import { findMessage } from "./messageRoutes.ts";

/** Channels, typing, and the simple part of reactions. */
export function channelRoutes(state: State): Route[] {
  const channelOf = ({ params }: RouteRequest) => visibleChannel(state, params.channel as string, state.botId);
  const reactions = (request: RouteRequest) => {
    const channel = channelOf(request);
    const message = findMessage(state, channel, request.params.message);
    return { channel, message, emoji: request.params.emoji as string };
  };
  const reactionPattern = "/channels/:channel/messages/:message/reactions/:emoji/@me";
  return [
    {
      method: "GET",
      pattern: "/channels/:channel",
      auth: true,
      handle: (request) => ({ status: 200, body: channelView(state, channelOf(request)) }),
    },
    {
      method: "POST",
      pattern: "/channels/:channel/typing",
      auth: true,
      handle: (request) => {
        const channel = channelOf(request);
        requirePermissions(state, channel, state.botId, "SendMessages");
        state.hub.emit({ type: "typing", channelId: channel.id, userId: state.botId });
        return { status: 204 };
      },
    },
    {
      method: "PUT",
      pattern: reactionPattern,
      auth: true,
      handle: (request) => {
        const { channel, message, emoji } = reactions(request);
        requirePermissions(state, channel, state.botId, "AddReactions", "ReadMessageHistory");
        const users = message.reactions.get(emoji) ?? new Set<string>();
        message.reactions.set(emoji, users.add(state.botId));
        state.hub.emit({ type: "messageUpdate", message });
        return { status: 204 };
      },
    },
    {
      method: "DELETE",
      pattern: reactionPattern,
      auth: true,
      handle: (request) => {
        const { message, emoji } = reactions(request);
        const users = message.reactions.get(emoji);
        if (!users?.delete(state.botId)) throw refusals.unknownEmoji();
        if (users.size === 0) message.reactions.delete(emoji);
        state.hub.emit({ type: "messageUpdate", message });
        return { status: 204 };
      },
    },
  ];
}
