import type { Redis } from "ioredis";
import { EmendError } from "../errors/EmendError.ts";
import { redisCall } from "../storage/redisCall.ts";
import {
  defaultSettings,
  type GuildSettings,
  guildSettingsSchema,
  type SettingName,
  settingNames,
} from "./GuildSettings.ts";
import { keysOf, SETTINGS_VERSION } from "./keys.ts";

/**
 * What servers have set. Only what differs from the defaults is stored, so that a better default reaches all who never
 * chose. Every method settles within about 2 s; errors are EmendError `queue_unavailable`.
 */
export class GuildSettingsStore {
  readonly #redis: Redis;
  readonly #keyOf: (guild: string) => string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#keyOf = keysOf(prefix).settings;
  }

  /** @param guild null outside servers, where the defaults count */
  async get(guild: string | null): Promise<GuildSettings> {
    if (guild === null) return defaultSettings;
    const { v, ...fields } = await redisCall(this.#redis.hgetall(this.#keyOf(guild)));
    requireVersion(v);
    const settings: Record<string, unknown> = { ...defaultSettings };
    for (const name of settingNames) {
      const field = guildSettingsSchema.shape[name].safeParse(parseJson(fields[name]));
      // A value that no longer fits counts as not set: a server must not stand still because of it.
      if (fields[name] !== undefined && field.success) settings[name] = field.data;
    }
    return settings as GuildSettings;
  }

  /** Sets these, and leaves the others as they are. @throws ZodError for values out of range */
  async change(guild: string, change: Partial<GuildSettings>): Promise<void> {
    const fields = guildSettingsSchema.partial().parse(change);
    const texts = Object.entries(fields).map(([name, value]) => [name, JSON.stringify(value)] as const);
    if (texts.length === 0) return;
    requireVersion((await redisCall(this.#redis.hget(this.#keyOf(guild), "v"))) ?? undefined);
    await redisCall(this.#redis.hset(this.#keyOf(guild), { ...Object.fromEntries(texts), v: SETTINGS_VERSION }));
  }

  /** Back to the default, one or all. */
  async reset(guild: string, name?: SettingName): Promise<void> {
    const key = this.#keyOf(guild);
    await redisCall(name === undefined ? this.#redis.del(key) : this.#redis.hdel(key, name));
  }
}

/** @throws EmendError `bad_usage` when a newer emend has written them */
function requireVersion(version: string | undefined): void {
  if (version === undefined || version === SETTINGS_VERSION) return;
  throw new EmendError(
    "bad_usage",
    `settings of layout ${version} were found, and this emend knows ${SETTINGS_VERSION}`,
  );
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
