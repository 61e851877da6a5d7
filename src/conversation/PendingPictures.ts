import type { Redis } from "ioredis";
import { z } from "zod";
import { snowflakeSchema } from "../queue/contract/scalars.ts";
import { redisCall } from "../storage/redisCall.ts";
import { keysOf } from "./keys.ts";

/** How long a form may stay open before its picture is forgotten. Seconds. */
const LIFETIME_S = 3_600;

const pendingSchema = z.object({
  v: z.literal(1),
  /** Who opened the form; nobody else may send it. */
  owner: snowflakeSchema,
  message: snowflakeSchema,
  /** Signed addresses of the message's pictures, the first one first; empty when it shows none. */
  urls: z.array(z.string().max(2_000)).max(10),
});

export type PendingPicture = z.infer<typeof pendingSchema>;

/**
 * What an open "Edit this image" form is about. Discord sends the message along when the menu is used, and not when
 * the form comes back; and without the Message Content intent its pictures cannot be read later.
 */
export class PendingPictures {
  readonly #redis: Redis;
  readonly #keyOf: (id: string) => string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#keyOf = keysOf(prefix).pending;
  }

  /** @param id of the interaction that opened the form */
  async save(id: string, picture: PendingPicture): Promise<void> {
    await redisCall(this.#redis.set(this.#keyOf(id), JSON.stringify(pendingSchema.parse(picture)), "EX", LIFETIME_S));
  }

  async find(id: string): Promise<PendingPicture | undefined> {
    const json = await redisCall(this.#redis.get(this.#keyOf(id)));
    return json === null ? undefined : pendingSchema.parse(JSON.parse(json));
  }
}
