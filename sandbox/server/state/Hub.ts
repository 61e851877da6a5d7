import type { InteractionRecord } from "./InteractionRecord.ts";
import type { StoredMessage } from "./StoredMessage.ts";

/** Everything that can happen in the sandbox; the gateway, the driver's waits and the page all listen to it. */
export type SandboxEvent =
  | { type: "messageCreate" | "messageUpdate" | "messageDelete"; message: StoredMessage }
  | { type: "interactionCreate" | "interactionUpdate"; interaction: InteractionRecord }
  | { type: "typing"; channelId: string; userId: string }
  | { type: "channelUpdate"; channelId: string }
  | { type: "channelCreate"; channelId: string }
  | { type: "guildCreate" | "guildUpdate"; guildId: string }
  | { type: "guildDelete"; guildId: string; unavailable?: boolean }
  | { type: "memberUpdate"; guildId: string; userId: string }
  | { type: "personUpdate"; userId: string }
  | { type: "commands" }
  | { type: "bot"; connected: boolean };

export type Listener = (event: SandboxEvent) => void;

export class Hub {
  readonly #listeners = new Set<Listener>();

  /** Returns a function that stops listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: SandboxEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
