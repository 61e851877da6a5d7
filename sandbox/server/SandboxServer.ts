import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { handleCdn } from "./cdn/handleCdn.ts";
import { createRouter } from "./createRouter.ts";
import { GatewayServer } from "./gateway/GatewayServer.ts";
import { allowedRequest, hostsFor } from "./http/allowedRequest.ts";
import { Faults } from "./http/Faults.ts";
import { handleRest, type RestCall } from "./http/handleRest.ts";
import { RateLimits } from "./http/RateLimits.ts";
import type { State } from "./state/State.ts";

/** Another part of the same port, such as the chat page. */
export interface Extension {
  request(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): void;
  close(): void;
}

/** One HTTP server for REST (/api), gateway (/gateway), CDN (/cdn) and whatever extension takes the rest. */
export class SandboxServer {
  readonly rateLimits = new RateLimits();
  readonly faults = new Faults();
  readonly gateway: GatewayServer;
  /** Requests to routes that this server does not have, such as `GET /guilds/1/bans`. */
  readonly unknownRoutes: string[] = [];
  readonly calls: RestCall[] = [];
  readonly #state: State;
  readonly #server: http.Server;
  readonly #log: (line: string) => void;
  #extension: Extension | undefined;
  #hosts: ReadonlySet<string> = new Set();

  constructor(state: State, log: (line: string) => void) {
    this.#state = state;
    this.#log = log;
    this.gateway = new GatewayServer(state);
    const router = createRouter(state);
    const rest = {
      router,
      rateLimits: this.rateLimits,
      faults: this.faults,
      isAuthorized: (header: string | undefined) => header === `Bot ${state.token}`,
      onUnknownRoute: (method: string, path: string) => {
        this.unknownRoutes.push(`${method} ${path}`);
        log(`sandbox: no such route: ${method} ${path}`);
      },
      onCall: (call: RestCall) => {
        this.calls.push(call);
        if (this.calls.length > 2000) this.calls.shift();
      },
      onInternalError: (error: unknown) =>
        log(`sandbox: internal error: ${error instanceof Error ? error.stack : error}`),
    };
    this.#server = http.createServer((request, response) => {
      this.#route(request, response, rest).catch((error: unknown) => {
        rest.onInternalError(error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    });
    this.#server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  async listen(options: { host: string; port: number; allowedHosts: readonly string[] }): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(options.port, options.host, resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    this.#hosts = hostsFor(options.host, port, options.allowedHosts);
    const name = ["0.0.0.0", "::"].includes(options.host) ? "127.0.0.1" : options.host;
    this.#state.origin = `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
  }

  extend(extension: Extension): void {
    this.#extension = extension;
  }

  async close(): Promise<void> {
    this.#extension?.close();
    this.gateway.close();
    this.#state.clock.close();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #route(
    request: IncomingMessage,
    response: ServerResponse,
    rest: Parameters<typeof handleRest>[0],
  ): Promise<void> {
    if (!allowedRequest(request, this.#hosts)) {
      response.writeHead(403, { "content-type": "text/plain" }).end("This server answers only to its own address.");
      return;
    }
    const url = new URL(request.url ?? "/", this.#state.origin);
    const api = /^\/api(?:\/v(\d+))?(\/.*)$/.exec(url.pathname);
    if (api) return handleRest(rest, request, response, url, api[2] as string);
    if (url.pathname.startsWith("/cdn/")) {
      return handleCdn(this.#state, request, response, url.pathname.slice("/cdn".length), url.searchParams);
    }
    if (this.#extension) return this.#extension.request(request, response, url);
    response.writeHead(404, { "content-type": "text/plain" }).end("Not found");
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? "/", this.#state.origin);
    socket.on("error", () => socket.destroy());
    if (!allowedRequest(request, this.#hosts)) {
      this.#log("sandbox: refused a socket that was meant for another host");
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    } else if (url.pathname.replace(/\/$/, "") === "/gateway") {
      this.gateway.upgrade(request, socket, head, url.searchParams);
    } else if (this.#extension) {
      this.#extension.upgrade(request, socket, head, url);
    } else socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
  }
}
