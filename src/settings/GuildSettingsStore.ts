import type { Redis } from "ioredis";
import { redisCall } from "../storage/redisCall.ts";
import { type GuildSettings, type GuildSettingsChange, guildSettingsSchema } from "./GuildSettings.ts";

/**
 * The settings of all servers: `<p>:settings:<guild>`, a hash with one JSON value per field that was decided.
 * Every method settles within about 2 s; errors are EmendError `queue_unavailable`.
 */
export class GuildSettingsStore {
  readonly #redis: Redis;
  readonly #prefix: string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  /** @param guild null outside of servers, where the defaults hold */
  async get(guild: string | null): Promise<GuildSettings> {
    if (guild === null) return guildSettingsSchema.parse({});
    const fields = await redisCall(this.#redis.hgetall(this.#keyOf(guild)));
    return guildSettingsSchema.parse(
      Object.fromEntries(Object.entries(fields).map(([name, json]) => [name, JSON.parse(json)])),
    );
  }

  /** @throws ZodError for values out of their range; nothing is changed then */
  async change(guild: string, change: GuildSettingsChange): Promise<void> {
    const checked = guildSettingsSchema.partial().parse(change) as Record<string, unknown>;
    const fields = Object.keys(change).map((name) => [name, JSON.stringify(checked[name])]);
    if (fields.length > 0) await redisCall(this.#redis.hset(this.#keyOf(guild), Object.fromEntries(fields)));
  }

  #keyOf(guild: string): string {
    return `${this.#prefix}:settings:${guild}`;
  }
}
