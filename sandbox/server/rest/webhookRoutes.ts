import { refusals } from "../errors/refusals.ts";
import type { Route, RouteReply, RouteRequest } from "../http/Router.ts";
import { followUp } from "../interactions/answers.ts";
import { forWebhook } from "../interactions/findInteraction.ts";
import { deleteMessage } from "../messages/deleteMessage.ts";
import { editMessage } from "../messages/editMessage.ts";
import { parseMessageBody } from "../messages/parseMessageBody.ts";
import type { InteractionRecord } from "../state/InteractionRecord.ts";
import type { State } from "../state/State.ts";
import type { StoredMessage } from "../state/StoredMessage.ts";
import { botMessageView } from "./messageRoutes.ts";

/** What an interaction's token allows in its fifteen minutes: read, edit and delete its messages, and send more. */
export function webhookRoutes(state: State): Route[] {
  const recordOf = ({ params }: RouteRequest) =>
    forWebhook(state, params.application as string, params.token as string);
  const reply = (message: StoredMessage): RouteReply => ({ status: 200, body: botMessageView(state, message) });

  async function edit(record: InteractionRecord, message: StoredMessage, request: RouteRequest): Promise<RouteReply> {
    const parsed = parseMessageBody(request.body, { old: message, mayBeEphemeral: true });
    await editMessage(state, message, parsed, request.uploads);
    if (record.deferred && message.id === record.originalMessageId) settle(state, record);
    return reply(message);
  }

  async function create(request: RouteRequest): Promise<RouteReply> {
    const record = recordOf(request);
    const original = state.messages.get(record.originalMessageId ?? "");
    // Directly after a deferral, a follow-up fills the waiting message (documented for backwards compatibility).
    if (record.deferred && original && !original.deleted) return edit(record, original, request);
    const parsed = parseMessageBody(request.body, { mayBeEphemeral: true });
    return reply(await followUp(state, record, parsed, request.uploads));
  }

  function remove(request: RouteRequest): RouteReply {
    const record = recordOf(request);
    const message = findOwn(state, record, request.params.message);
    deleteMessage(state, message);
    if (record.deferred && message.id === record.originalMessageId) settle(state, record);
    return { status: 204 };
  }

  const pattern = "/webhooks/:application/:token/messages/:message";
  return [
    { method: "POST", pattern: "/webhooks/:application/:token", auth: false, handle: create },
    {
      method: "GET",
      pattern,
      auth: false,
      handle: (request) => reply(findOwn(state, recordOf(request), request.params.message)),
    },
    {
      method: "PATCH",
      pattern,
      auth: false,
      handle: (request) => {
        const record = recordOf(request);
        return edit(record, findOwn(state, record, request.params.message), request);
      },
    },
    { method: "DELETE", pattern, auth: false, handle: remove },
  ];
}

/** `@original`, or a message that this token made, or the message whose component was used; otherwise 10008. */
function findOwn(state: State, record: InteractionRecord, id: string | undefined): StoredMessage {
  const message = state.messages.get((id === "@original" ? record.originalMessageId : id) ?? "");
  const own = message?.interactionToken === record.token || message?.id === record.sourceMessageId;
  if (!message || message.deleted || !own) throw refusals.unknownMessage();
  return message;
}

function settle(state: State, record: InteractionRecord): void {
  record.deferred = false;
  record.state = "done";
  state.hub.emit({ type: "interactionUpdate", interaction: record });
}
