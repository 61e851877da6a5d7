import { DiscordAPIError, HTTPError } from "discord.js";

/** Discord's own number for a refusal, such as 50013; undefined for any other error. */
export function discordCode(error: unknown): number | undefined {
  return error instanceof DiscordAPIError && typeof error.code === "number" ? error.code : undefined;
}

export type DiscordFault = "forbidden" | "expired" | "too-large" | "passing" | "other";

/** 10003 unknown channel, 50001 no access, 50013 no permission. */
const forbidden: ReadonlySet<unknown> = new Set([10003, 50001, 50013]);
/** 10008 unknown message (a reply that was dismissed), 10015 unknown webhook, 10062 unknown interaction, 50027 token. */
const expired: ReadonlySet<unknown> = new Set([10008, 10015, 10062, 50027]);

/** What a failed call to Discord means for the delivery. */
export function faultOf(error: unknown): DiscordFault {
  const code = discordCode(error);
  if (forbidden.has(code)) return "forbidden";
  if (expired.has(code)) return "expired";
  if (error instanceof DiscordAPIError) {
    if (code === 40005 || error.status === 413) return "too-large";
    return error.status >= 500 || error.status === 429 ? "passing" : "other";
  }
  if (error instanceof HTTPError) return error.status === 413 ? "too-large" : "passing";
  // Timeouts and broken connections come as errors of the platform.
  return error instanceof Error && (error.name === "AbortError" || "code" in error || "cause" in error)
    ? "passing"
    : "other";
}
