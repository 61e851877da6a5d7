import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { GatewayIntentBits, GatewayOpcodes as Op } from "discord-api-types/v10";
import { type WebSocket, WebSocketServer } from "ws";
import { memberView, userView } from "../messages/userView.ts";
import { applicationView } from "../rest/applicationRoutes.ts";
import { guildCreateView } from "../rest/guildView.ts";
import type { State } from "../state/State.ts";
import { compressing } from "./compressing.ts";
import { dispatchFor } from "./dispatches.ts";
import { GatewaySession } from "./GatewaySession.ts";
import { refusedIntents } from "./intents.ts";

const HEARTBEAT = 41_250;
/** Messages that a client may send per minute. */
const SENDS_PER_MINUTE = 120;

interface Identify {
  token?: string;
  intents?: number;
}
interface Resume {
  token?: string;
  session_id?: string;
  seq?: number;
}

/** The bot's side of the gateway: logins, events, heartbeats, resumes. */
export class GatewayServer {
  readonly #state: State;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sessions = new Map<string, GatewaySession>();
  readonly #stopListening: () => void;

  constructor(state: State) {
    this.#state = state;
    this.#stopListening = state.hub.listen((event) => {
      for (const session of this.#sessions.values()) {
        const dispatch = dispatchFor(state, event, session.intents);
        if (dispatch) session.dispatch(dispatch);
      }
    });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, query: URLSearchParams): void {
    this.#server.handleUpgrade(request, socket, head, (client) => {
      this.#accept(query.get("compress") === "zlib-stream" ? compressing(client) : client, query);
    });
  }

  /** Sends an interaction's payload once more, as a gateway may after a reconnect. */
  replay(payload: Record<string, unknown>): void {
    for (const session of this.#sessions.values()) session.dispatch({ t: "INTERACTION_CREATE", d: payload });
  }

  /** `cut`: the connection breaks. `reconnect`: op 7. `invalidate`: op 9, the session is lost. */
  drop(how: "cut" | "reconnect" | "invalidate"): void {
    for (const session of [...this.#sessions.values()]) {
      const { socket } = session;
      if (!socket) continue;
      if (how === "cut") socket.terminate();
      if (how === "reconnect") socket.send(JSON.stringify({ op: Op.Reconnect, d: null }));
      if (how === "invalidate") {
        this.#sessions.delete(session.id);
        socket.send(JSON.stringify({ op: Op.InvalidSession, d: false }));
      }
    }
  }

  close(): void {
    this.#stopListening();
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #accept(client: WebSocket, query: URLSearchParams): void {
    let session: GatewaySession | undefined;
    let isAlive = true;
    const recent: number[] = [];
    const ownsSession = () => session?.socket === client;
    if (query.get("v") !== null && query.get("v") !== "10") {
      client.close(4012, "Invalid API version");
      return;
    }

    client.send(JSON.stringify({ op: Op.Hello, s: null, t: null, d: { heartbeat_interval: HEARTBEAT } }));
    const pulse = setInterval(() => {
      if (!isAlive) client.close(4009, "Session timed out.");
      isAlive = false;
    }, HEARTBEAT * 1.5);
    pulse.unref();

    client.on("message", (data) => {
      const now = performance.now();
      while (recent[0] !== undefined && now - recent[0] > 60_000) recent.shift();
      if (recent.push(now) > SENDS_PER_MINUTE) return client.close(4008, "You are being rate limited.");
      const packet = parsePacket(data.toString());
      if (!packet) return client.close(4002, "Error while decoding payload.");
      switch (packet.op) {
        case Op.Heartbeat:
          isAlive = true;
          return client.send(JSON.stringify({ op: Op.HeartbeatAck, d: null }));
        case Op.Identify:
          if (session && this.#sessions.has(session.id)) return client.close(4005, "Already authenticated.");
          session = this.#identify(client, (packet.d ?? {}) as Identify);
          return;
        case Op.Resume:
          session = this.#resume(client, (packet.d ?? {}) as Resume);
          return;
        case Op.PresenceUpdate:
        case Op.VoiceStateUpdate:
          if (!session) client.close(4003, "Not authenticated.");
          return;
        case Op.RequestGuildMembers:
          if (!session) return client.close(4003, "Not authenticated.");
          return this.#sendMembers(session, packet.d as { guild_id: string; nonce?: string });
        default:
          return client.close(session ? 4001 : 4003, session ? "Unknown opcode." : "Not authenticated.");
      }
    });

    client.on("close", (code) => {
      clearInterval(pulse);
      if (!session || !ownsSession()) return;
      session.socket = undefined;
      // A client that says goodbye loses its session; any other end may be resumed.
      if (code === 1000 || code === 1001) this.#sessions.delete(session.id);
      this.#count();
    });
    client.on("error", () => client.terminate());
  }

  #identify(client: WebSocket, { token, intents }: Identify): GatewaySession | undefined {
    const state = this.#state;
    if (token?.replace(/^Bot /, "") !== state.token) {
      client.close(4004, "Authentication failed.");
      return undefined;
    }
    const refused = refusedIntents(intents ?? -1, state.privilegedIntents);
    if (refused) {
      client.close(refused, refused === 4014 ? "Disallowed intent(s)." : "Invalid intent(s).");
      return undefined;
    }
    const session = new GatewaySession(randomBytes(16).toString("hex"), intents as number, client);
    state.identifies++;
    state.identifiedWithContent = (session.intents & GatewayIntentBits.MessageContent) !== 0;
    this.#sessions.set(session.id, session);
    this.#sendReady(session);
    this.#count();
    return session;
  }

  #sendReady(session: GatewaySession): void {
    const state = this.#state;
    const bot = state.users.get(state.botId);
    const guilds = [...state.guilds.values()].filter((guild) => guild.members.has(state.botId));
    const { id, flags } = applicationView(state);
    session.dispatch({
      t: "READY",
      d: {
        v: 10,
        user: bot && { ...userView(bot), verified: true, mfa_enabled: true, email: null, flags: 0 },
        guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
        session_id: session.id,
        session_type: "normal",
        resume_gateway_url: `${state.origin.replace(/^http/, "ws")}/gateway`,
        shard: [0, 1],
        private_channels: [],
        application: { id, flags },
      },
    });
    if (!(session.intents & GatewayIntentBits.Guilds)) return;
    for (const guild of guilds) session.dispatch({ t: "GUILD_CREATE", d: guildCreateView(state, guild) });
  }

  #resume(client: WebSocket, { token, session_id, seq }: Resume): GatewaySession | undefined {
    if (token?.replace(/^Bot /, "") !== this.#state.token) {
      client.close(4004, "Authentication failed.");
      return undefined;
    }
    const session = this.#sessions.get(session_id ?? "");
    if (!session?.resume(client, seq ?? 0)) {
      client.send(JSON.stringify({ op: Op.InvalidSession, d: false }));
      return undefined;
    }
    session.dispatch({ t: "RESUMED", d: {} });
    this.#count();
    return session;
  }

  #sendMembers(session: GatewaySession, { guild_id, nonce }: { guild_id: string; nonce?: string }): void {
    const guild = this.#state.guilds.get(guild_id);
    if (!guild) return;
    const members = [...guild.members.keys()].map((id) => memberView(this.#state, guild, id));
    session.dispatch({
      t: "GUILD_MEMBERS_CHUNK",
      d: { guild_id, members, chunk_index: 0, chunk_count: 1, ...(nonce ? { nonce } : {}) },
    });
  }

  #count(): void {
    const before = this.#state.botConnected;
    this.#state.connectedSessions = [...this.#sessions.values()].filter(({ socket }) => socket !== undefined).length;
    const connected = this.#state.botConnected;
    if (connected !== before) this.#state.hub.emit({ type: "bot", connected });
  }
}

function parsePacket(text: string): { op: number; d?: unknown } | undefined {
  try {
    const packet: unknown = JSON.parse(text);
    if (packet !== null && typeof packet === "object" && "op" in packet && typeof packet.op === "number")
      return packet as { op: number };
  } catch {
    // Falls through: the caller closes with 4002.
  }
  return undefined;
}
