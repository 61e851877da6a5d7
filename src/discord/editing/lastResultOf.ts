import type { Turn } from "../../conversation/Turn.ts";
import type { TurnStore } from "../../conversation/TurnStore.ts";

/** How far back is looked: who edits much in other channels finds the button below the result. */
const MOST = 100;

/** A person's newest result in a channel that was not undone. */
export async function lastResultOf(user: string, channel: string, turns: TurnStore): Promise<Turn | undefined> {
  for (const turnId of (await turns.byAuthor(user)).slice(0, MOST)) {
    const turn = await turns.get(turnId);
    if (turn?.channel === channel && turn.resultMessage !== null && turn.undoneAt === null) return turn;
  }
  return undefined;
}
