import type { Redis } from "ioredis";
import { redisCall } from "../storage/redisCall.ts";
import { keysOf } from "./keys.ts";

/** Things that are done or said only once in a while, by whatever process: replayed events, double clicks, hints. */
export class Once {
  readonly #redis: Redis;
  readonly #keyOf: (what: string) => string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#keyOf = keysOf(prefix).once;
  }

  /** @returns false when somebody took the same thing less than so many seconds ago */
  async take(what: string, seconds: number): Promise<boolean> {
    return (await redisCall(this.#redis.set(this.#keyOf(what), "1", "EX", seconds, "NX"))) === "OK";
  }
}
