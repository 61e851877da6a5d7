import { MAX_LISTED } from "../../settings/GuildSettings.ts";
import { Refusal } from "../Refusal.ts";

/** A list of ids with one more and one less. @throws Refusal `bad_usage` when it gets too long */
export function changeList(list: readonly string[], add: string | undefined, remove: string | undefined): string[] {
  const changed = new Set(list);
  if (add !== undefined) changed.add(add);
  if (remove !== undefined) changed.delete(remove);
  if (changed.size <= MAX_LISTED) return [...changed];
  throw new Refusal("bad_usage", (texts) => texts.settings.tooMany(MAX_LISTED));
}
