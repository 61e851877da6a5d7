import type { Turn } from "../../conversation/Turn.ts";
import { refreshCard } from "../delivery/refreshCard.ts";
import type { Services } from "../Services.ts";

/**
 * Takes a result back, or brings it back: its message shows the picture from before, or the result again. Doing it
 * twice changes nothing.
 * @param messageId the message that shows the result
 * @returns whether that message could be changed: nobody can change an old private reply
 * @throws Refusal `not_found`, before anything is changed, when the pictures are gone
 */
export async function setUndone(
  turn: Turn,
  undone: boolean,
  messageId: string,
  { turns, blobs, postbox }: Services,
): Promise<boolean> {
  const undoneAt = undone ? (turn.undoneAt ?? Date.now()) : null;
  const shown = await refreshCard({ ...turn, undoneAt }, messageId, { blobs, postbox });
  await turns.change(turn.id, { undoneAt });
  return shown;
}
