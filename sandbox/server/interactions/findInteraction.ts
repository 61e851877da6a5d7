import { refusals } from "../errors/refusals.ts";
import type { InteractionRecord } from "../state/InteractionRecord.ts";
import type { State } from "../state/State.ts";
import { TOKEN_LIFETIME } from "./createInteraction.ts";

/** The interaction a callback is for: 10062 when unknown or after its three seconds, 40060 when answered already. */
export function forCallback(state: State, id: string, token: string): InteractionRecord {
  const record = state.interactions.get(token);
  if (!record || record.id !== id) throw refusals.unknownInteraction();
  if (record.acknowledgedBy !== undefined) throw refusals.alreadyAcknowledged();
  if (record.state === "failed" || state.clock.now() - record.createdAt > state.answerWithin)
    throw refusals.unknownInteraction();
  return record;
}

/** The interaction a webhook call is for: 50027 after its fifteen minutes, 10015 before it was answered. */
export function forWebhook(state: State, applicationId: string, token: string): InteractionRecord {
  if (applicationId !== state.applicationId) throw refusals.unknownWebhook();
  const record = state.interactions.get(token);
  if (!record || state.clock.now() - record.createdAt > TOKEN_LIFETIME) throw refusals.invalidWebhookToken();
  if (record.acknowledgedBy === undefined) throw refusals.unknownWebhook();
  return record;
}
