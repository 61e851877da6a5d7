import type { Graph } from "../graph/Graph.ts";
import { Session, type SessionOptions } from "../graph/Session.ts";

/** Sessions by shape, made on first use; the least recently used one is released when there are too many. */
export class SessionCache {
  readonly #options: SessionOptions;
  readonly #limit: number;
  readonly #sessions = new Map<string, Promise<Session>>();

  constructor(options: SessionOptions, limit: number) {
    this.#options = options;
    this.#limit = limit;
  }

  /** The session of that key, built from `build()` if there is none. */
  async get(key: string, build: () => Graph): Promise<Session> {
    const known = this.#sessions.get(key);
    const session = known ?? Session.create(build(), this.#options);
    this.#sessions.delete(key); // the youngest stands last
    this.#sessions.set(key, session);
    if (!known) await this.#shrink();
    try {
      return await session;
    } catch (error) {
      this.#sessions.delete(key);
      throw error;
    }
  }

  async close(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of sessions) await (await session).release();
  }

  async #shrink(): Promise<void> {
    for (const [key, session] of this.#sessions) {
      if (this.#sessions.size <= this.#limit) return;
      this.#sessions.delete(key);
      await (await session).release();
    }
  }
}
