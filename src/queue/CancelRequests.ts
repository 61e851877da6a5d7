import type { Redis } from "ioredis";
import { redisCall } from "../storage/redisCall.ts";
import { keysOf } from "./keys.ts";

/** Longer than any edit may wait. Seconds. */
const LIFETIME_S = 24 * 3_600;

/** That somebody wants an edit to stop: noted by the bot, looked at by the worker, who share nothing but Redis. */
export class CancelRequests {
  readonly #redis: Redis;
  readonly #keyOf: (turnId: string) => string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#keyOf = keysOf(prefix).cancel;
  }

  /** The first wish counts. */
  async add(turnId: string, by: "asker" | "moderator" = "asker"): Promise<void> {
    await redisCall(this.#redis.set(this.#keyOf(turnId), by, "EX", LIFETIME_S, "NX"));
  }

  async byModerator(turnId: string): Promise<boolean> {
    return (await redisCall(this.#redis.get(this.#keyOf(turnId)))) === "moderator";
  }

  async has(turnId: string): Promise<boolean> {
    return (await redisCall(this.#redis.exists(this.#keyOf(turnId)))) === 1;
  }
}
