import { type APIMessage, ChannelType, PermissionFlagsBits } from "discord-api-types/v10";
import { refusals } from "../errors/refusals.ts";
import type { Route, RouteReply, RouteRequest } from "../http/Router.ts";
import { createMessage } from "../messages/createMessage.ts";
import { deleteMessage } from "../messages/deleteMessage.ts";
import { editMessage } from "../messages/editMessage.ts";
import { messageView } from "../messages/messageView.ts";
import { NonceMemory } from "../messages/NonceMemory.ts";
import { parseMessageBody } from "../messages/parseMessageBody.ts";
import { permissionsIn, requirePermissions, visibleChannel } from "../state/access.ts";
import type { Channel } from "../state/Guild.ts";
import type { PermissionName } from "../state/permissions.ts";
import type { State } from "../state/State.ts";
import type { StoredMessage } from "../state/StoredMessage.ts";

export function messageRoutes(state: State): Route[] {
  const nonces = new NonceMemory(() => state.clock.now());
  const channelOf = ({ params }: RouteRequest) => visibleChannel(state, params.channel as string, state.botId);
  const reply = (message: StoredMessage): RouteReply => ({ status: 200, body: botMessageView(state, message) });

  async function create(request: RouteRequest): Promise<RouteReply> {
    const channel = channelOf(request);
    const { uploads } = request;
    requirePermissions(state, channel, state.botId, "SendMessages");
    const parsed = parseMessageBody(request.body, { mayBeEphemeral: false });
    const needed: PermissionName[] = [];
    if (uploads.size > 0) needed.push("AttachFiles");
    if ((parsed.embeds ?? []).length > 0) needed.push("EmbedLinks");
    requirePermissions(state, channel, state.botId, ...needed);
    if (parsed.body.message_reference) requireHistory(state, channel);
    const { nonce, enforce_nonce } = parsed.body;
    const send = () => createMessage(state, { channel, authorId: state.botId, parsed, uploads });
    return reply(await (enforce_nonce && nonce !== undefined ? nonces.once(`${channel.id} ${nonce}`, send) : send()));
  }

  async function edit(request: RouteRequest): Promise<RouteReply> {
    const channel = channelOf(request);
    const message = findMessage(state, channel, request.params.message);
    if (message.authorId !== state.botId) throw refusals.notYourMessage();
    if (request.uploads.size > 0) requirePermissions(state, channel, state.botId, "AttachFiles");
    const parsed = parseMessageBody(request.body, { old: message, mayBeEphemeral: false });
    return reply(await editMessage(state, message, parsed, request.uploads));
  }

  function remove(request: RouteRequest): RouteReply {
    const channel = channelOf(request);
    const message = findMessage(state, channel, request.params.message);
    if (message.authorId !== state.botId) {
      if (channel.type === ChannelType.DM) throw refusals.missingPermissions();
      requirePermissions(state, channel, state.botId, "ManageMessages");
    }
    deleteMessage(state, message);
    return { status: 204 };
  }

  function list(request: RouteRequest): RouteReply {
    const channel = channelOf(request);
    const has = permissionsIn(state, channel, state.botId);
    if ((has & PermissionFlagsBits.ReadMessageHistory) === 0n) return { status: 200, body: [] };
    const messages = selectMessages(state.messagesIn(channel.id), request.query);
    return { status: 200, body: messages.map((message) => botMessageView(state, message)) };
  }

  function get(request: RouteRequest): RouteReply {
    const channel = channelOf(request);
    requirePermissions(state, channel, state.botId, "ReadMessageHistory");
    return reply(findMessage(state, channel, request.params.message));
  }

  const pattern = "/channels/:channel/messages/:message";
  return [
    { method: "POST", pattern: "/channels/:channel/messages", auth: true, handle: create },
    { method: "GET", pattern: "/channels/:channel/messages", auth: true, handle: list },
    { method: "GET", pattern, auth: true, handle: get },
    { method: "PATCH", pattern, auth: true, handle: edit },
    { method: "DELETE", pattern, auth: true, handle: remove },
  ];
}

/** A message as the bot reads it over REST: blank when neither the portal nor its last login has the content intent. */
export function botMessageView(state: State, message: StoredMessage): APIMessage {
  const mayReadContent = state.privilegedIntents.has("MessageContent") && state.identifiedWithContent !== false;
  return messageView(state, message, { mayReadContent });
}

/** A message of the channel that everyone there can see, or 10008; private replies cannot be fetched this way. */
export function findMessage(state: State, channel: Channel, id: string | undefined): StoredMessage {
  const message = state.messages.get(id ?? "");
  const found = message && !message.deleted && message.channelId === channel.id && message.ephemeralFor === undefined;
  if (!found) throw refusals.unknownMessage();
  return message;
}

function requireHistory(state: State, channel: Channel): void {
  const has = permissionsIn(state, channel, state.botId);
  if ((has & PermissionFlagsBits.ReadMessageHistory) === 0n) throw refusals.cannotReplyWithoutHistory();
}

/** `before`, `after`, `around` and `limit` (50, at most 100), newest first. */
function selectMessages(all: StoredMessage[], query: URLSearchParams): StoredMessage[] {
  const limit = Math.min(100, Math.max(1, Number(query.get("limit") ?? 50) || 50));
  const visible = all.filter((message) => message.ephemeralFor === undefined).reverse();
  const [before, after, around] = ["before", "after", "around"].map((name) => query.get(name));
  if (before) return visible.filter(({ id }) => BigInt(id) < BigInt(before)).slice(0, limit);
  if (after) return visible.filter(({ id }) => BigInt(id) > BigInt(after)).slice(-limit);
  if (around) {
    const index = visible.findIndex(({ id }) => BigInt(id) <= BigInt(around));
    const start = Math.max(0, (index < 0 ? visible.length : index) - Math.floor(limit / 2));
    return visible.slice(start, start + limit);
  }
  return visible.slice(0, limit);
}
