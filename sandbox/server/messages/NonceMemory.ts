import type { StoredMessage } from "../state/StoredMessage.ts";

/** Discord says "the past few minutes". */
const REMEMBERED = 5 * 60_000;

/** Makes sure that a nonce sent with `enforce_nonce` creates one message, also when two requests run at the same time. */
export class NonceMemory {
  readonly #now: () => number;
  readonly #seen = new Map<string, { at: number; message: Promise<StoredMessage> }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  async once(key: string, create: () => Promise<StoredMessage>): Promise<StoredMessage> {
    const seen = this.#seen.get(key);
    if (seen && this.#now() - seen.at < REMEMBERED) return seen.message;
    const message = create();
    this.#seen.set(key, { at: this.#now(), message });
    try {
      return await message;
    } catch (error) {
      this.#seen.delete(key);
      throw error;
    }
  }
}
