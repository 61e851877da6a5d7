import type { Graph } from "../graph/Graph.ts";
import { InvariantSession } from "../graph/InvariantSession.ts";
import { Session, type SessionOptions } from "../graph/Session.ts";

export interface SessionCacheOptions extends SessionOptions {
  /** Inputs that stay the same over many runs: what depends on them alone is computed once (`InvariantSession`). */
  readonly invariant?: readonly string[];
}

type CachedSession = Pick<Session, "run" | "release">;

/** Sessions by shape, made on first use; the least recently used one is released when there are too many. */
export class SessionCache {
  readonly #options: SessionCacheOptions;
  readonly #limit: number;
  readonly #sessions = new Map<string, CachedSession>();
  #tail: Promise<unknown> = Promise.resolve();

  constructor(options: SessionCacheOptions, limit: number) {
    this.#options = options;
    this.#limit = limit;
  }

  /**
   * The session of that key, built from `build()` if there is none. Calls at the same time are answered one after the
   * other; run it at once, for a later call may release it (which waits for runs that have begun).
   */
  get(key: string, build: () => Graph | Promise<Graph>): Promise<CachedSession> {
    const session = this.#tail.then(() => this.#get(key, build));
    this.#tail = session.catch(() => undefined);
    return session;
  }

  async close(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of sessions) await session.release();
  }

  async #get(key: string, build: () => Graph | Promise<Graph>): Promise<CachedSession> {
    const known = this.#sessions.get(key);
    if (!known) await this.#makeRoom();
    const session = known ?? (await this.#create(await build()));
    this.#sessions.delete(key); // the youngest stands last
    this.#sessions.set(key, session);
    return session;
  }

  #create(graph: Graph): Promise<CachedSession> {
    const { invariant, ...options } = this.#options;
    return invariant ? InvariantSession.create(graph, invariant, options) : Session.create(graph, options);
  }

  /** Before the new session is made, so that there are never more than the limit in memory. */
  async #makeRoom(): Promise<void> {
    for (const [key, session] of this.#sessions) {
      if (this.#sessions.size < this.#limit) return;
      this.#sessions.delete(key);
      await session.release();
    }
  }
}
