import type { Log } from "../log/createLog.ts";
import type { BlobStore } from "../storage/BlobStore.ts";
import { forgetTree } from "./forgetTree.ts";
import type { TurnStore } from "./TurnStore.ts";

const INTERVAL_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface SweepOptions {
  readonly turns: TurnStore;
  readonly blobs: BlobStore;
  /** What a server decided; null: outside of servers. */
  readonly settings: { get(guild: string | null): Promise<{ readonly retentionDays: number }> };
  readonly log: Log;
}

/**
 * Deletes trees whose last turn is older than their server keeps them, at the start and every hour. Whole trees: as long
 * as people go on with one, everything in it can be undone. Several processes may do it at the same time.
 */
export class RetentionSweep {
  readonly #options: SweepOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> | undefined;

  constructor(options: SweepOptions) {
    this.#options = options;
  }

  start(): void {
    void this.run();
    this.#timer = setInterval(() => void this.run(), INTERVAL_MS);
    this.#timer.unref();
  }

  /** Never rejects: what could not be deleted now is tried again. @param now milliseconds since 1970 */
  async run(now = Date.now()): Promise<void> {
    this.#running = this.#sweep(now).catch((error: unknown) =>
      this.#options.log.warn("old pictures wait for the next sweep", { error }),
    );
    await this.#running;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #sweep(now: number): Promise<void> {
    const { turns, blobs, settings, log } = this.#options;
    for (const guild of await turns.guilds()) {
      const { retentionDays } = await settings.get(guild);
      for (const tree of await turns.treesBefore(guild, now - retentionDays * DAY_MS)) {
        const count = await forgetTree(tree, turns, blobs);
        log.info("forgot an old tree", { tree, turns: count });
      }
    }
  }
}
