import type { Turn } from "../../conversation/Turn.ts";
import type { TurnStore } from "../../conversation/TurnStore.ts";

/** Everything that a person asked for, the newest first. */
export async function turnsOf(user: string, turns: TurnStore): Promise<Turn[]> {
  const found: Turn[] = [];
  for (const turnId of await turns.byAuthor(user)) {
    const turn = await turns.get(turnId);
    if (turn) found.push(turn);
  }
  return found;
}
