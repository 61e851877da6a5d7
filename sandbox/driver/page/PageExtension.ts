import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { ZodError } from "zod";
import { DiscordError } from "../../server/errors/DiscordError.ts";
import { readBody } from "../../server/http/readBody.ts";
import type { Extension } from "../../server/SandboxServer.ts";
import { canView } from "../../server/state/access.ts";
import type { User } from "../../server/state/Guild.ts";
import type { SandboxEvent } from "../../server/state/Hub.ts";
import type { State } from "../../server/state/State.ts";
import { PersonCannot } from "../PersonCannot.ts";
import { pageActions } from "./pageActions.ts";
import { maySee, pageInteraction, pageMessage } from "./pageViews.ts";
import { serveStatic } from "./staticFiles.ts";

/** The chat page: its files, its actions (`POST /page/api/<action>?user=<id>`) and its live events (`/page/socket`). */
export class PageExtension implements Extension {
  readonly #state: State;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #people = new Map<WebSocket, User>();
  readonly #stopListening: () => void;

  constructor(state: State) {
    this.#state = state;
    this.#stopListening = state.hub.listen((event) => this.#broadcast(event));
  }

  async request(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const action = /^\/page\/api\/(\w+)$/.exec(url.pathname)?.[1];
    if (action !== undefined) return this.#act(request, response, url, action);
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (isRead && (await serveStatic(response, url.pathname))) return;
    response.writeHead(404, { "content-type": "text/plain" }).end("Not found");
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): void {
    const person = this.#person(url);
    if (url.pathname !== "/page/socket" || !person) {
      socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      this.#people.set(client, person);
      client.on("close", () => this.#people.delete(client));
      client.on("error", () => client.terminate());
      client.send(JSON.stringify({ type: "bot", connected: this.#state.botConnected }));
    });
  }

  close(): void {
    this.#stopListening();
    for (const client of this.#sockets.clients) client.terminate();
    this.#sockets.close();
  }

  async #act(request: IncomingMessage, response: ServerResponse, url: URL, name: string): Promise<void> {
    const send = (status: number, body: unknown) =>
      response
        .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
        .end(JSON.stringify(body));
    try {
      const me = this.#person(url);
      const action = Object.hasOwn(pageActions, name) ? pageActions[name] : undefined;
      if (!me || !action || request.method !== "POST") {
        request.resume();
        send(404, { message: "Not found" });
        return;
      }
      const { json, uploads } = await readBody(request);
      const files = [...uploads.entries()]
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([, { filename, bytes }]) => ({ name: filename, bytes }));
      send(200, await action({ state: this.#state, me, files }, json));
    } catch (error) {
      // What a person may not do is an ordinary answer; an error status would stand in the browser's console.
      if (error instanceof PersonCannot) send(200, { refused: error.message });
      else if (error instanceof ZodError)
        send(400, { message: "The page sent something this server does not understand." });
      else if (error instanceof DiscordError) send(error.status, { message: error.message });
      else throw error;
    }
  }

  #person(url: URL): User | undefined {
    const user = this.#state.users.get(url.searchParams.get("user") ?? "");
    if (user) return user.bot ? undefined : user;
    if (url.searchParams.get("user")) return undefined;
    return this.#state.users.get([...this.#state.guilds.values()][0]?.ownerId ?? "");
  }

  #broadcast(event: SandboxEvent): void {
    for (const [client, person] of this.#people) {
      const news = newsFor(this.#state, event, person);
      if (news) client.send(JSON.stringify(news));
    }
  }
}

/** What a person's page is told about an event. */
function newsFor(state: State, event: SandboxEvent, person: User): object | undefined {
  switch (event.type) {
    case "messageCreate":
    case "messageUpdate": {
      if (event.message.deleted || !maySee(state, person.id, event.message)) return undefined;
      return { type: "message", isNew: event.type === "messageCreate", message: pageMessage(state, event.message) };
    }
    case "messageDelete":
      if (!maySee(state, person.id, event.message)) return undefined;
      return { type: "delete", id: event.message.id, channelId: event.message.channelId };
    case "interactionUpdate":
      if (event.interaction.userId !== person.id) return undefined;
      return { type: "interaction", interaction: pageInteraction(event.interaction) };
    case "typing": {
      const channel = state.channels.get(event.channelId);
      return channel && canView(state, channel, person.id) ? event : undefined;
    }
    case "bot":
    case "commands":
      return event;
    case "channelCreate":
    case "channelUpdate":
    case "guildCreate":
    case "guildDelete":
    case "memberUpdate":
      return { type: "state" };
    case "personUpdate":
      if (event.userId !== person.id) return undefined;
      return { type: "state" };
    default:
      return undefined;
  }
}
