import type { GuildTask } from "../../learning/GuildTask.ts";
import type { GuildTaskStore } from "../../learning/GuildTaskStore.ts";

/** A form must come within 3 s of the press, whatever became of Redis. Milliseconds. */
const LIMIT_MS = 500;

/** What a server has published, the newest first, for a form; nothing when that cannot be found out at once. */
export async function taughtTasks(guild: string | null, tasks: GuildTaskStore): Promise<GuildTask[]> {
  if (guild === null) return [];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<GuildTask[]>((resolve) => {
    timer = setTimeout(resolve, LIMIT_MS, []);
  });
  const all = await Promise.race([tasks.list(guild).catch(() => []), late]);
  clearTimeout(timer);
  return all.filter(({ state }) => state === "published").sort((a, b) => b.createdAt - a.createdAt);
}
