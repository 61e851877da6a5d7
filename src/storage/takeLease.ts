import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { redisCall } from "./redisCall.ts";

/**
 * A right that one caller has at a time, for so long at most; undefined while somebody else has it.
 * @returns what gives it back
 */
export async function takeLease(
  redis: Redis,
  key: string,
  milliseconds: number,
): Promise<(() => Promise<void>) | undefined> {
  const owner = randomUUID();
  if ((await redisCall(redis.set(key, owner, "PX", milliseconds, "NX"))) !== "OK") return undefined;
  return async () => {
    if ((await redisCall(redis.get(key))) === owner) await redisCall(redis.del(key));
  };
}
