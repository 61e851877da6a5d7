import { GatewayCloseCodes as Close, GatewayOpcodes as Op } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import type { GatewaySession } from "./GatewaySession.ts";

const HEARTBEAT = 41_250;
/** Messages that a client may send per minute. */
const SENDS_PER_MINUTE = 120;

/** Bytes of one message from a client. */
const MAX_MESSAGE = 4096;

/** What a connection asks of the server behind it. Each answers with a session, or with undefined after refusing. */
export interface GatewayHandler {
  identify(client: WebSocket, data: unknown): GatewaySession | undefined;
  resume(client: WebSocket, data: unknown): GatewaySession | undefined;
  requestMembers(session: GatewaySession, data: unknown): void;
  /** Whether the session still exists; an invalidated one may log in again on the same connection. */
  isAlive(session: GatewaySession): boolean;
  /** The connection of this session has ended with a close code. */
  ended(session: GatewaySession, code: number): void;
}

/** One WebSocket of a client: hello, heartbeats, what it may send and when. */
export class GatewayConnection {
  readonly #client: WebSocket;
  readonly #handler: GatewayHandler;
  readonly #recent: number[] = [];
  #session: GatewaySession | undefined;
  #hasPulse = true;

  constructor(client: WebSocket, handler: GatewayHandler) {
    this.#client = client;
    this.#handler = handler;
    client.send(JSON.stringify({ op: Op.Hello, s: null, t: null, d: { heartbeat_interval: HEARTBEAT } }));
    const pulse = setInterval(() => {
      if (!this.#hasPulse) client.close(Close.SessionTimedOut, "Session timed out.");
      this.#hasPulse = false;
    }, HEARTBEAT * 1.5);
    pulse.unref();
    client.on("message", (data) => {
      const refusal = this.#receive(data.toString());
      if (refusal) client.close(...refusal);
    });
    client.on("error", () => client.terminate());
    client.on("close", (code) => {
      clearInterval(pulse);
      if (this.#session?.socket === client) handler.ended(this.#session, code);
    });
  }

  /** Does what the client asks; returns why the connection must end instead, if it must. */
  #receive(text: string): [code: number, reason: string] | undefined {
    if (!this.#mayStillSend()) return [Close.RateLimited, "You are being rate limited."];
    const packet = Buffer.byteLength(text) <= MAX_MESSAGE ? parsePacket(text) : undefined;
    if (!packet) return [Close.DecodeError, "Error while decoding payload."];
    const session = this.#session && this.#handler.isAlive(this.#session) ? this.#session : undefined;
    if (packet.op === Op.Heartbeat) {
      this.#hasPulse = true;
      this.#client.send(JSON.stringify({ op: Op.HeartbeatAck, d: null }));
    } else if (packet.op === Op.Identify || packet.op === Op.Resume) {
      if (session) return [Close.AlreadyAuthenticated, "Already authenticated."];
      this.#session =
        packet.op === Op.Identify
          ? this.#handler.identify(this.#client, packet.d)
          : this.#handler.resume(this.#client, packet.d);
    } else if (!session) {
      return [Close.NotAuthenticated, "Not authenticated."];
    } else if (packet.op === Op.RequestGuildMembers) {
      this.#handler.requestMembers(session, packet.d);
    } else if (packet.op !== Op.PresenceUpdate && packet.op !== Op.VoiceStateUpdate) {
      return [Close.UnknownOpcode, "Unknown opcode."];
    }
    return undefined;
  }

  #mayStillSend(): boolean {
    const now = performance.now();
    while (this.#recent[0] !== undefined && now - this.#recent[0] > 60_000) this.#recent.shift();
    return this.#recent.push(now) <= SENDS_PER_MINUTE;
  }
}

function parsePacket(text: string): { op: number; d?: unknown } | undefined {
  try {
    const packet: unknown = JSON.parse(text);
    const isPacket = packet !== null && typeof packet === "object" && "op" in packet && typeof packet.op === "number";
    return isPacket ? (packet as { op: number; d?: unknown }) : undefined;
  } catch {
    return undefined;
  }
}
