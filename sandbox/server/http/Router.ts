import type { Uploads } from "../messages/takeFiles.ts";

export interface RouteRequest {
  /** The named parts of the path, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  uploads: Uploads;
}

export interface RouteReply {
  status: number;
  /** undefined: an empty answer without a content type, as a 204 must be. */
  body?: unknown;
}

export interface Route {
  method: string;
  /** Such as `/channels/:channel/messages/:message`. */
  pattern: string;
  /** Whether the bot's token is needed; interaction tokens in the path are their own proof. */
  auth: boolean;
  handle(request: RouteRequest): Promise<RouteReply> | RouteReply;
}

export interface RouteMatch {
  route: Route;
  params: Record<string, string>;
}

/** Finds the route for a method and path. Fixed words win over named parts, so `@me` is never taken for an id. */
export class Router {
  readonly #routes: { route: Route; parts: string[] }[] = [];

  add(...routes: Route[]): void {
    for (const route of routes) this.#routes.push({ route, parts: route.pattern.split("/") });
    const named = (parts: string[]) => parts.filter((part) => part.startsWith(":")).length;
    this.#routes.sort((a, b) => named(a.parts) - named(b.parts));
  }

  find(method: string, path: string): RouteMatch | "other method" | undefined {
    const parts = path.split("/");
    let otherMethod = false;
    for (const { route, parts: wanted } of this.#routes) {
      const params = matchParts(wanted, parts);
      if (!params) continue;
      if (route.method === method) return { route, params };
      otherMethod = true;
    }
    return otherMethod ? "other method" : undefined;
  }
}

function matchParts(wanted: string[], parts: string[]): Record<string, string> | undefined {
  if (wanted.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, name] of wanted.entries()) {
    const part = decode(parts[index] as string);
    if (name.startsWith(":")) params[name.slice(1)] = part;
    else if (name !== part) return undefined;
  }
  return params;
}

/** discord.js sends `@original` as `%40original`. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
