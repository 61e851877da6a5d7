import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { GatewayCloseCodes as Close, GatewayIntentBits, GatewayOpcodes as Op } from "discord-api-types/v10";
import { type WebSocket, WebSocketServer } from "ws";
import { memberView, userView } from "../messages/userView.ts";
import { applicationView } from "../rest/applicationRoutes.ts";
import { guildCreateView } from "../rest/guildView.ts";
import type { State } from "../state/State.ts";
import { compressing } from "./compressing.ts";
import { dispatchFor } from "./dispatches.ts";
import { GatewayConnection, type GatewayHandler } from "./GatewayConnection.ts";
import { GatewaySession } from "./GatewaySession.ts";
import { refusedIntents } from "./intents.ts";

/** The bot's side of the gateway: logins, events to every session that may hear them, resumes. */
export class GatewayServer implements GatewayHandler {
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
      const version = query.get("v");
      if (version !== null && version !== "10") client.close(Close.InvalidAPIVersion, "Invalid API version");
      else new GatewayConnection(query.get("compress") === "zlib-stream" ? compressing(client) : client, this);
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
        this.#count();
      }
    }
  }

  close(): void {
    this.#stopListening();
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  identify(client: WebSocket, data: unknown): GatewaySession | undefined {
    const state = this.#state;
    const { token, intents } = (data ?? {}) as { token?: string; intents?: number };
    if (!this.#isToken(token)) {
      client.close(Close.AuthenticationFailed, "Authentication failed.");
      return undefined;
    }
    const refused = refusedIntents(intents ?? -1, state.privilegedIntents);
    if (refused) {
      client.close(refused, refused === Close.DisallowedIntents ? "Disallowed intent(s)." : "Invalid intent(s).");
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

  resume(client: WebSocket, data: unknown): GatewaySession | undefined {
    const { token, session_id, seq } = (data ?? {}) as { token?: string; session_id?: string; seq?: number };
    if (!this.#isToken(token)) {
      client.close(Close.AuthenticationFailed, "Authentication failed.");
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

  isAlive(session: GatewaySession): boolean {
    return this.#sessions.has(session.id);
  }

  /** A client that says goodbye loses its session; after any other end it may resume. */
  ended(session: GatewaySession, code: number): void {
    session.socket = undefined;
    if (code === 1000 || code === 1001) this.#sessions.delete(session.id);
    this.#count();
  }

  requestMembers(session: GatewaySession, data: unknown): void {
    const { guild_id, nonce } = (data ?? {}) as { guild_id?: string; nonce?: string };
    const guild = this.#state.guilds.get(guild_id ?? "");
    if (!guild?.members.has(this.#state.botId)) return;
    const members = [...guild.members.keys()].map((id) => memberView(this.#state, guild, id));
    const chunk = { guild_id, members, chunk_index: 0, chunk_count: 1, ...(nonce ? { nonce } : {}) };
    session.dispatch({ t: "GUILD_MEMBERS_CHUNK", d: chunk });
  }

  #isToken(token: string | undefined): boolean {
    return token?.replace(/^Bot /, "") === this.#state.token;
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
    const available = guilds.filter(({ id }) => !state.unavailable.has(id));
    for (const guild of available) session.dispatch({ t: "GUILD_CREATE", d: guildCreateView(state, guild) });
  }

  /** Tells everyone when the bot comes or goes. */
  #count(): void {
    const before = this.#state.botConnected;
    this.#state.connectedSessions = [...this.#sessions.values()].filter(({ socket }) => socket !== undefined).length;
    const connected = this.#state.botConnected;
    if (connected !== before) this.#state.hub.emit({ type: "bot", connected });
  }
}
