import type { State } from "../state/State.ts";
import type { StoredMessage } from "../state/StoredMessage.ts";

/** The message stays known as deleted, so that replies to it can say so; its files are gone at once. */
export function deleteMessage(state: State, message: StoredMessage): void {
  message.deleted = true;
  for (const file of message.files) state.files.remove(file.id);
  state.hub.emit({ type: "messageDelete", message });
}
