import type { Redis } from "ioredis";
import { redisCall } from "./redisCall.ts";

/** All keys that fit a pattern, each once, without holding Redis up as KEYS would. */
export async function keysLike(redis: Redis, pattern: string): Promise<string[]> {
  const found = new Set<string>();
  let cursor = "0";
  do {
    const [next, keys] = await redisCall(redis.scan(cursor, "MATCH", pattern, "COUNT", 500));
    for (const key of keys) found.add(key);
    cursor = next;
  } while (cursor !== "0");
  return [...found];
}
