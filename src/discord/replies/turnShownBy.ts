import { setTimeout as sleep } from "node:timers/promises";
import type { Turn } from "../../conversation/Turn.ts";
import type { TurnStore } from "../../conversation/TurnStore.ts";

/** A result can be seen, and replied to, a moment before it is written down which message shows it. Milliseconds. */
const PAUSES = [200, 800];

/** The turn whose result a message of the bot shows. */
export async function turnShownBy(messageId: string, turns: TurnStore): Promise<Turn | undefined> {
  for (const pause of PAUSES) {
    const turn = await turns.byMessage(messageId);
    if (turn) return turn;
    await sleep(pause);
  }
  return turns.byMessage(messageId);
}
