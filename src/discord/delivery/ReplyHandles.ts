import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Redis } from "ioredis";
import { keysOf } from "../../conversation/keys.ts";
import { redisCall } from "../../storage/redisCall.ts";

/** Discord's tokens live for 15 min; we stop using them a little before. Milliseconds. */
const LIFETIME_MS = 14.5 * 60_000;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Tokens of deferred replies, so that a bot that was restarted can still fill them. They are sealed with a key that
 * comes from the bot's own token: whoever reads Redis cannot answer in the bot's name.
 */
export class ReplyHandles {
  readonly #redis: Redis;
  readonly #keyOf: (turnId: string) => string;
  readonly #secret: Buffer;

  constructor(redis: Redis, prefix: string, botToken: string) {
    this.#redis = redis;
    this.#keyOf = keysOf(prefix).reply;
    this.#secret = Buffer.from(hkdfSync("sha256", botToken, "", "emend reply handles", 32));
  }

  /** @param createdAt of the interaction. Milliseconds since 1970 */
  async save(turnId: string, token: string, createdAt: number): Promise<void> {
    const left = Math.floor(createdAt + LIFETIME_MS - Date.now());
    if (left <= 0) return;
    await redisCall(this.#redis.set(this.#keyOf(turnId), this.#seal(token), "PX", left));
  }

  /** The token, or undefined when it is too old. */
  async find(turnId: string): Promise<string | undefined> {
    const sealed = await redisCall(this.#redis.get(this.#keyOf(turnId)));
    return sealed === null ? undefined : this.#open(sealed);
  }

  async forget(turnId: string): Promise<void> {
    await redisCall(this.#redis.del(this.#keyOf(turnId)));
  }

  #seal(token: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.#secret, iv);
    const text = Buffer.concat([cipher.update(token, "utf8"), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64");
  }

  /** Undefined when it was sealed with another bot token. */
  #open(sealed: string): string | undefined {
    const bytes = Buffer.from(sealed, "base64");
    try {
      const decipher = createDecipheriv("aes-256-gcm", this.#secret, bytes.subarray(0, IV_BYTES));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
    } catch {
      return undefined;
    }
  }
}
