import { Redis, type RedisOptions } from "ioredis";
import { EmendError } from "../errors/EmendError.ts";

/** How long a command may take: Discord gives 3 s for the first answer, and the answer itself needs some of it. */
export const COMMAND_TIMEOUT_MS = 2_000;

/** The longest pause between two attempts to reconnect. BullMQ's own 20 s would keep people waiting. */
const MAX_RECONNECT_MS = 2_000;

// Not `lazyConnect`: BullMQ duplicates the connection, and gives a lazy duplicate one try only.
const shared = {
  connectTimeout: COMMAND_TIMEOUT_MS,
  keepAlive: 5_000,
  retryStrategy: (times: number) => Math.min(50 * 2 ** times, MAX_RECONNECT_MS),
} satisfies RedisOptions;

/**
 * A connection for commands that somebody waits for: every command settles within 2 s, at once while Redis is away.
 * Connects in the background; an outage is reported to `onError` and mended by itself.
 */
export function connectForCommands(url: string, onError: (error: Error) => void): Redis {
  const redis = new Redis(url, {
    ...shared,
    commandTimeout: COMMAND_TIMEOUT_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
  });
  return redis.on("error", onError);
}

/**
 * A connection for a queue's consumer, which waits for ever. The socket timeout (twice the longest blocking command
 * or more) notices a Redis that is frozen without having closed the connection.
 */
export function connectForBlocking(url: string, onError: (error: Error) => void): Redis {
  return new Redis(url, { ...shared, maxRetriesPerRequest: null, socketTimeout: 30_000 }).on("error", onError);
}

/** Resolves when commands can be sent. @throws EmendError `queue_unavailable` after `timeoutMs`. */
export async function waitUntilConnected(redis: Redis, timeoutMs: number): Promise<void> {
  if (redis.status === "ready") return;
  await new Promise<void>((resolve, reject) => {
    const onReady = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      redis.off("ready", onReady);
      reject(new EmendError("queue_unavailable", "Redis cannot be reached; check REDIS_URL and that it is running"));
    }, timeoutMs);
    redis.once("ready", onReady);
  });
}

/**
 * Refuses a Redis that may throw keys away: BullMQ's locks have expiry times, so any eviction loses or doubles jobs.
 * @throws EmendError `bad_usage`
 */
export async function requireNoEviction(redis: Redis): Promise<void> {
  const policy = /maxmemory_policy:(\S+)/.exec(await redis.info("memory"))?.[1];
  if (policy === undefined || policy === "noeviction") return;
  throw new EmendError(
    "bad_usage",
    `Redis is set to evict keys (maxmemory-policy ${policy}), which loses jobs; set maxmemory-policy noeviction`,
  );
}
