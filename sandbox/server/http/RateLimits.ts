import { createHash } from "node:crypto";

/** Requests per window, by route. Discord publishes no numbers; these are what its headers are known to say. */
const LIMITS: [RegExp, { limit: number; seconds: number }][] = [
  [/^POST \/channels\/:channel\/messages$/, { limit: 5, seconds: 5 }],
  [/^PATCH \/channels\/:channel\/messages\/:message$/, { limit: 5, seconds: 5 }],
  [/^DELETE \/channels\/:channel\/messages\/:message$/, { limit: 5, seconds: 1 }],
  [/^POST \/channels\/:channel\/typing$/, { limit: 5, seconds: 5 }],
  [/\/reactions\//, { limit: 4, seconds: 1 }],
  [/ \/webhooks\/:application\/:token/, { limit: 5, seconds: 2 }],
  [/^PUT \/applications\/.*\/commands$/, { limit: 5, seconds: 20 }],
];
const OTHERWISE = { limit: 20, seconds: 1 };
/** Requests per second over all routes that take the bot's token. */
const GLOBAL = 50;

interface Bucket {
  id: string;
  limit: number;
  remaining: number;
  /** Milliseconds of the monotonic clock. */
  resetAt: number;
}

export interface RateVerdict {
  headers: Record<string, string>;
  /** Seconds to wait; undefined when the request may pass. */
  retryAfter: number | undefined;
  global: boolean;
}

/** One bucket per route and major parameter (channel, guild, or webhook with its token), like Discord's. */
export class RateLimits {
  enabled = true;
  readonly #buckets = new Map<string, Bucket>();
  #second = { startedAt: Number.NEGATIVE_INFINITY, used: 0 };
  readonly #now: () => number;

  /** @param now milliseconds of a clock that never goes back; not the sandbox's, because clients wait in real time */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  take(method: string, pattern: string, params: Record<string, string>, countsGlobally: boolean): RateVerdict {
    if (!this.enabled) return { headers: {}, retryAfter: undefined, global: false };
    const now = this.#now();
    if (countsGlobally && !this.#takeGlobal(now)) {
      const wait = (this.#second.startedAt + 1000 - now) / 1000;
      return { headers: refusalHeaders(wait, "global"), retryAfter: wait, global: true };
    }
    const bucket = this.#bucket(method, pattern, params, now);
    const wait = Math.max(0, bucket.resetAt - now) / 1000;
    const refused = bucket.remaining === 0;
    if (!refused) bucket.remaining--;
    const headers = {
      "x-ratelimit-limit": String(bucket.limit),
      "x-ratelimit-remaining": String(bucket.remaining),
      "x-ratelimit-reset": ((Date.now() + wait * 1000) / 1000).toFixed(3),
      "x-ratelimit-reset-after": wait.toFixed(3),
      "x-ratelimit-bucket": bucket.id,
    };
    if (!refused) return { headers, retryAfter: undefined, global: false };
    return { headers: { ...headers, ...refusalHeaders(wait, "user") }, retryAfter: wait, global: false };
  }

  #takeGlobal(now: number): boolean {
    if (now - this.#second.startedAt >= 1000) this.#second = { startedAt: now, used: 0 };
    return ++this.#second.used <= GLOBAL;
  }

  #bucket(method: string, pattern: string, params: Record<string, string>, now: number): Bucket {
    const route = `${method} ${pattern}`;
    const major = params.channel ?? params.guild ?? params.token ?? "";
    const key = `${route} ${major}`;
    const found = this.#buckets.get(key);
    if (found && found.resetAt > now) return found;
    const { limit, seconds } = LIMITS.find(([test]) => test.test(route))?.[1] ?? OTHERWISE;
    const id = createHash("sha256").update(route).digest("hex").slice(0, 32);
    const bucket = { id, limit, remaining: limit, resetAt: now + seconds * 1000 };
    this.#buckets.set(key, bucket);
    return bucket;
  }
}

export function refusalHeaders(seconds: number, scope: "user" | "global"): Record<string, string> {
  return {
    "retry-after": String(Math.ceil(seconds)),
    "x-ratelimit-scope": scope,
    "x-ratelimit-reset-after": seconds.toFixed(3),
    ...(scope === "global" ? { "x-ratelimit-global": "true" } : {}),
  };
}
