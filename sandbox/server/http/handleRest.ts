import type { IncomingMessage, ServerResponse } from "node:http";
import { DiscordError } from "../errors/DiscordError.ts";
import { refusals } from "../errors/refusals.ts";
import type { Faults } from "./Faults.ts";
import { type RateLimits, refusalHeaders } from "./RateLimits.ts";
import type { Route, RouteMatch, Router } from "./Router.ts";
import { readBody } from "./readBody.ts";

export interface RestCall {
  method: string;
  path: string;
  status: number;
  code: number | undefined;
}

export interface RestOptions {
  router: Router;
  rateLimits: RateLimits;
  faults: Faults;
  isAuthorized(header: string | undefined): boolean;
  /** A route that this server does not have. */
  onUnknownRoute(method: string, path: string): void;
  onCall(call: RestCall): void;
  onInternalError(error: unknown): void;
}

/** Answers one request below /api. `path` has no /api/v10 in front. */
export async function handleRest(
  options: RestOptions,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  path: string,
): Promise<void> {
  const method = request.method ?? "GET";
  const headers: Record<string, string> = {};
  const finish = (status: number, body: unknown, more: Record<string, string> = {}) => {
    const code = (body as { code?: number } | undefined)?.code;
    options.onCall({ method, path, status, code: status >= 400 ? code : undefined });
    send(response, status, body, { ...headers, ...more });
  };
  try {
    const fault = options.faults.take(method, path);
    if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    if (fault?.drop) {
      request.socket.destroy();
      return;
    }
    if (fault?.status !== undefined) throw faultError(fault.status, fault);
    const match = findRoute(options, method, path);
    if (match.route.auth && !options.isAuthorized(request.headers.authorization)) throw refusals.unauthorized();
    Object.assign(headers, takeRate(options, match));
    const body = await readBody(request);
    const query = url.searchParams;
    const reply = await match.route.handle({ params: match.params, query, body: body.json, uploads: body.uploads });
    finish(reply.status, reply.body);
  } catch (error) {
    request.resume();
    if (!(error instanceof DiscordError)) options.onInternalError(error);
    const refusal = error instanceof DiscordError ? error : new DiscordError(500, 0, "500: Internal Server Error");
    finish(refusal.status, refusal.body(), refusal.headers);
  }
}

function findRoute(options: RestOptions, method: string, path: string): RouteMatch {
  const match = options.router.find(method, path);
  if (match === "other method") {
    options.onUnknownRoute(method, path);
    throw refusals.methodNotAllowed();
  }
  if (!match) {
    options.onUnknownRoute(method, path);
    throw refusals.notFound();
  }
  return match;
}

/** Headers of the route's bucket; throws 429 when it is empty. Interaction routes do not count against the global limit. */
function takeRate(options: RestOptions, { route, params }: RouteMatch): Record<string, string> {
  if (isCallback(route)) return {};
  const verdict = options.rateLimits.take(route.method, route.pattern, params, route.auth);
  if (verdict.retryAfter === undefined) return verdict.headers;
  const extra = { retry_after: Number(verdict.retryAfter.toFixed(3)), global: verdict.global };
  throw new DiscordError(429, 0, "You are being rate limited.", { headers: verdict.headers, extra });
}

function isCallback(route: Route): boolean {
  return route.pattern.startsWith("/interactions/");
}

function faultError(status: number, fault: { code?: number; message?: string; retryAfter?: number }): DiscordError {
  if (status !== 429) return new DiscordError(status, fault.code ?? 0, fault.message ?? `${status}: sandbox fault`);
  const seconds = fault.retryAfter ?? 1;
  const extra = { retry_after: seconds, global: false };
  return new DiscordError(429, fault.code ?? 0, "You are being rate limited.", {
    headers: { ...refusalHeaders(seconds, "user"), "x-ratelimit-limit": "5", "x-ratelimit-remaining": "0" },
    extra,
  });
}

/** A 204 must carry no content type: discord.js would try to parse the empty body as JSON. */
function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string>): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { ...headers, "content-type": "application/json" }).end(JSON.stringify(body));
}
