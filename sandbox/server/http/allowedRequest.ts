import type { IncomingMessage } from "node:http";

/**
 * Whether a request really means this server. A page of another site could make the visitor's browser send requests
 * here (DNS rebinding, cross-site forms), so the Host header must be ours, and an Origin header, if any, too.
 */
export function allowedRequest(request: IncomingMessage, allowedHosts: ReadonlySet<string>): boolean {
  const host = request.headers.host?.toLowerCase() ?? "";
  if (!allowedHosts.has(host)) return false;
  const { origin } = request.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && allowedHosts.has(new URL(origin).host.toLowerCase());
}

/** The names this server answers to. */
export function hostsFor(host: string, port: number, more: readonly string[] = []): Set<string> {
  const names = [host.includes(":") ? `[${host}]` : host, "localhost", "127.0.0.1", "[::1]"];
  return new Set([...names.map((name) => `${name}:${port}`.toLowerCase()), ...more.map((name) => name.toLowerCase())]);
}
