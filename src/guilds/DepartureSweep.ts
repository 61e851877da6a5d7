import { forgetTree } from "../conversation/forgetTree.ts";
import type { TurnStore } from "../conversation/TurnStore.ts";
import type { GuildTaskStore } from "../learning/GuildTaskStore.ts";
import type { Log } from "../log/createLog.ts";
import type { GuildSettingsStore } from "../settings/GuildSettingsStore.ts";
import type { BlobStore } from "../storage/BlobStore.ts";
import { HourlySweep } from "../storage/HourlySweep.ts";
import type { Departure, GuildRegister } from "./GuildRegister.ts";

/** Long enough to undo a mistake; who comes back within it finds everything. Milliseconds. */
export const GRACE_MS = 7 * 86_400_000;

export interface DepartureSweepOptions {
  readonly register: GuildRegister;
  readonly turns: TurnStore;
  readonly blobs: BlobStore;
  readonly tasks: GuildTaskStore;
  readonly settings: GuildSettingsStore;
  /** The servers that the bot is in just now, those with an outage included. */
  readonly present: () => readonly string[];
  readonly log: Log;
}

/**
 * Deletes the data of servers that the bot has left for longer than the grace: conversations with their pictures, tasks
 * with their examples, settings. What members who installed the bot for themselves asked for there since then stays.
 */
export class DepartureSweep extends HourlySweep {
  constructor(options: DepartureSweepOptions) {
    const { register, present, log } = options;
    const sweep = async (now: number) => {
      await register.compare(present(), now);
      for (const departure of await register.leftBefore(now - GRACE_MS)) {
        await forgetGuild(departure, options);
        await register.forget(departure.guild);
        log.info("forgot a server that was left", { ...departure });
      }
    };
    super(sweep, (error) => log.warn("the data of servers that were left waits for the next sweep", { error }));
  }
}

async function forgetGuild(
  { guild, leftAt }: Departure,
  { turns, blobs, tasks, settings }: DepartureSweepOptions,
): Promise<void> {
  for (const tree of await turns.treesBefore(guild, leftAt + 1)) await forgetTree(tree, turns, blobs);
  for (const task of await tasks.list(guild)) await tasks.delete(task);
  await settings.reset(guild);
}
