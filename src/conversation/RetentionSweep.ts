import type { Log } from "../log/createLog.ts";
import type { BlobStore } from "../storage/BlobStore.ts";
import { HourlySweep } from "../storage/HourlySweep.ts";
import { forgetTree } from "./forgetTree.ts";
import type { TurnStore } from "./TurnStore.ts";

const DAY_MS = 86_400_000;

export interface SweepOptions {
  readonly turns: TurnStore;
  readonly blobs: BlobStore;
  /** What a server decided; null: outside of servers. */
  readonly settings: { get(guild: string | null): Promise<{ readonly retentionDays: number }> };
  readonly log: Log;
}

/**
 * Deletes trees whose last turn is older than their server keeps them. Whole trees: as long as people go on with one,
 * everything in it can be undone.
 */
export class RetentionSweep extends HourlySweep {
  constructor({ turns, blobs, settings, log }: SweepOptions) {
    const sweep = async (now: number) => {
      for (const guild of await turns.guilds()) {
        const { retentionDays } = await settings.get(guild);
        for (const tree of await turns.treesBefore(guild, now - retentionDays * DAY_MS)) {
          const count = await forgetTree(tree, turns, blobs);
          log.info("forgot an old tree", { tree, turns: count });
        }
      }
    };
    super(sweep, (error) => log.warn("old pictures wait for the next sweep", { error }));
  }
}
