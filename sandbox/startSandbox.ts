import { randomBytes } from "node:crypto";
import { PageExtension } from "./driver/page/PageExtension.ts";
import { Sandbox } from "./driver/Sandbox.ts";
import { SandboxServer } from "./server/SandboxServer.ts";
import { addDefaultWorld, IDS } from "./server/state/defaultWorld.ts";
import { State } from "./server/state/State.ts";

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Loopback unless told otherwise: whoever reaches the page can act as any of its people. */
  host?: string;
  /** Other names this server may be reached by, as `name:port`. */
  allowedHosts?: readonly string[];
  /** Milliseconds since the Unix epoch; `sandbox.advanceClock()` moves on from there. */
  now?: () => number;
  /** Whether to serve the chat page; true unless told. */
  page?: boolean;
  /** The bot token to accept; a random one unless told. */
  token?: string;
  /** Whether to enforce rate limits; true unless told. */
  rateLimits?: boolean;
  /** Milliseconds that the bot has to answer an interaction: Discord's 3000, or more where tests run on a busy machine. */
  answerWithinMs?: number;
  /** Where warnings go; console.error unless told. */
  log?: (line: string) => void;
}

/** Starts a local Discord and resolves once it listens. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, host = "127.0.0.1", now = Date.now, allowedHosts = [], rateLimits = true, page = true } = options;
  const state = new State({ now, applicationId: IDS.application, token: options.token ?? randomToken() });
  state.answerWithin = options.answerWithinMs ?? state.answerWithin;
  addDefaultWorld(state);
  const server = new SandboxServer(state, options.log ?? console.error);
  server.rateLimits.enabled = rateLimits;
  if (page) server.extend(new PageExtension(state));
  await server.listen({ port, host, allowedHosts });
  return new Sandbox(state, server);
}

/** Shaped like a real one: the application's id, a time, a secret. */
function randomToken(): string {
  return [Buffer.from(IDS.application), randomBytes(4), randomBytes(28)]
    .map((part) => part.toString("base64url"))
    .join(".");
}
