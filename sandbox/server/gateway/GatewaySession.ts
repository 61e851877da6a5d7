import type { WebSocket } from "ws";
import type { Dispatch } from "./dispatches.ts";

/** Events kept for a client that comes back. */
const KEPT = 1000;

/** One login: its intents, its event numbers, and the events that a resume may ask for again. */
export class GatewaySession {
  readonly id: string;
  readonly intents: number;
  #sequence = 0;
  #kept: { s: number; text: string }[] = [];
  socket: WebSocket | undefined;

  constructor(id: string, intents: number, socket: WebSocket) {
    this.id = id;
    this.intents = intents;
    this.socket = socket;
  }

  dispatch({ t, d }: Dispatch): void {
    const s = ++this.#sequence;
    const text = JSON.stringify({ op: 0, t, s, d });
    this.#kept.push({ s, text });
    if (this.#kept.length > KEPT) this.#kept.shift();
    this.socket?.send(text);
  }

  /** Sends what came after `sequence` again; false when that is no longer known. */
  resume(socket: WebSocket, sequence: number): boolean {
    const oldest = this.#kept[0]?.s ?? 1;
    if (sequence > this.#sequence || sequence < oldest - 1) return false;
    this.socket = socket;
    for (const { s, text } of this.#kept) if (s > sequence) socket.send(text);
    return true;
  }
}
