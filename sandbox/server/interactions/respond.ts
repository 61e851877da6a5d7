import { InteractionResponseType as Response, InteractionType as Type } from "discord-api-types/v10";
import { z } from "zod";
import { formError, parseForm } from "../errors/formError.ts";
import { refusals } from "../errors/refusals.ts";
import { editMessage } from "../messages/editMessage.ts";
import { parseMessageBody } from "../messages/parseMessageBody.ts";
import type { Uploads } from "../messages/takeFiles.ts";
import type { InteractionRecord } from "../state/InteractionRecord.ts";
import type { State } from "../state/State.ts";
import type { StoredMessage } from "../state/StoredMessage.ts";
import { answer, defer } from "./answers.ts";
import { takeChoices } from "./takeChoices.ts";
import { takeModal } from "./takeModal.ts";

/** Which answers each kind of interaction takes. A modal cannot answer a modal; only components update their message. */
const ALLOWED: Partial<Record<Type, readonly Response[]>> = {
  [Type.ApplicationCommand]: [
    Response.ChannelMessageWithSource,
    Response.DeferredChannelMessageWithSource,
    Response.Modal,
  ],
  [Type.MessageComponent]: [
    Response.ChannelMessageWithSource,
    Response.DeferredChannelMessageWithSource,
    Response.DeferredMessageUpdate,
    Response.UpdateMessage,
    Response.Modal,
  ],
  [Type.ModalSubmit]: [
    Response.ChannelMessageWithSource,
    Response.DeferredChannelMessageWithSource,
    Response.DeferredMessageUpdate,
    Response.UpdateMessage,
  ],
  [Type.ApplicationCommandAutocomplete]: [Response.ApplicationCommandAutocompleteResult],
};

const callbackBody = z.object({ type: z.int(), data: z.unknown().optional() });

/** The first answer to an interaction; returns the message it made, if any. */
export async function respond(
  state: State,
  record: InteractionRecord,
  input: unknown,
  uploads: Uploads,
): Promise<StoredMessage | undefined> {
  const { type, data } = parseForm(callbackBody, input ?? {});
  const updates = type === Response.DeferredMessageUpdate || type === Response.UpdateMessage;
  const fits = ALLOWED[record.type]?.includes(type) && !(updates && record.sourceMessageId === undefined);
  if (!fits) {
    const message = `Interaction callback type ${type} is invalid for an interaction of type ${record.type}`;
    throw formError([{ path: ["type"], code: "INTERACTION_CALLBACK_TYPE_INVALID", message }]);
  }
  return acknowledged(state, record, type, () => act(state, record, type, data, uploads));
}

async function act(
  state: State,
  record: InteractionRecord,
  type: Response,
  data: unknown,
  uploads: Uploads,
): Promise<StoredMessage | undefined> {
  switch (type) {
    case Response.ChannelMessageWithSource: {
      const parsed = parseMessageBody(data, { mayBeEphemeral: true, at: ["data"] });
      return answer(state, record, parsed, uploads);
    }
    case Response.DeferredChannelMessageWithSource:
      return defer(state, record, data);
    case Response.DeferredMessageUpdate:
      record.originalMessageId = record.sourceMessageId;
      return undefined;
    case Response.UpdateMessage: {
      const source = state.messages.get(record.sourceMessageId ?? "");
      if (!source || source.deleted) throw refusals.unknownMessage();
      record.originalMessageId = source.id;
      const parsed = parseMessageBody(data, { old: source, mayBeEphemeral: true, at: ["data"] });
      return editMessage(state, source, parsed, uploads, ["data"]);
    }
    case Response.Modal:
      record.modal = takeModal(data);
      return undefined;
    default:
      record.choices = takeChoices(record, data);
      return undefined;
  }
}

/** Marks the interaction answered while `run` works, so that a second answer meets 40060; a refused body undoes that. */
async function acknowledged<T>(
  state: State,
  record: InteractionRecord,
  type: Response,
  run: () => Promise<T>,
): Promise<T> {
  record.acknowledgedBy = type;
  try {
    const result = await run();
    record.cancelDeadline();
    record.state = record.deferred ? "thinking" : "done";
    state.hub.emit({ type: "interactionUpdate", interaction: record });
    return result;
  } catch (error) {
    record.acknowledgedBy = undefined;
    throw error;
  }
}
