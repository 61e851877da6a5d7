import type { Redis } from "ioredis";
import { redisCall } from "../storage/redisCall.ts";
import { keysOf } from "./keys.ts";

export interface Departure {
  readonly guild: string;
  /** Milliseconds since 1970. */
  readonly leftAt: number;
}

/**
 * Which servers the bot is in, and since when it is no longer in others. Only what this application has seen counts: a
 * Redis may have been used with another one, and members may use the bot in servers where it never was.
 * Errors are EmendError `queue_unavailable`.
 */
export class GuildRegister {
  readonly #redis: Redis;
  readonly #keys: ReturnType<typeof keysOf>;
  readonly #application: string;

  constructor(redis: Redis, prefix: string, application: string) {
    this.#redis = redis;
    this.#keys = keysOf(prefix);
    this.#application = application;
  }

  /** The bot is in these. */
  async joined(guilds: readonly string[]): Promise<void> {
    if (guilds.length === 0) return;
    const writes = this.#redis.multi();
    writes.hset(this.#keys.guilds, Object.fromEntries(guilds.map((guild) => [guild, this.#application])));
    writes.zrem(this.#keys.left, ...guilds);
    await redisCall(writes.exec());
  }

  /** The bot was removed from a server. The first time counts. @param now milliseconds since 1970 */
  async left(guild: string, now: number): Promise<void> {
    await redisCall(this.#redis.zadd(this.#keys.left, "NX", now, guild));
  }

  /**
   * Notes what changed while nobody listened.
   * @param present every server that the bot is in, those with an outage included
   * @param now milliseconds since 1970
   */
  async compare(present: readonly string[], now: number): Promise<void> {
    await this.joined(present);
    const there = new Set(present);
    for (const guild of await this.#mine()) if (!there.has(guild)) await this.left(guild, now);
  }

  /** The servers that were left before this moment, and not joined again. @param time milliseconds since 1970 */
  async leftBefore(time: number): Promise<Departure[]> {
    const flat = await redisCall(this.#redis.zrangebyscore(this.#keys.left, "-inf", `(${time}`, "WITHSCORES"));
    const mine = new Set(await this.#mine());
    return flat.flatMap((guild, i) => (i % 2 === 0 && mine.has(guild) ? [{ guild, leftAt: Number(flat[i + 1]) }] : []));
  }

  async forget(guild: string): Promise<void> {
    await redisCall(this.#redis.multi().hdel(this.#keys.guilds, guild).zrem(this.#keys.left, guild).exec());
  }

  async #mine(): Promise<string[]> {
    const seen = Object.entries(await redisCall(this.#redis.hgetall(this.#keys.guilds)));
    return seen.flatMap(([guild, application]) => (application === this.#application ? [guild] : []));
  }
}
