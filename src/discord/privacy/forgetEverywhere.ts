import { forgetTurn } from "../../conversation/forgetTurn.ts";
import type { Turn } from "../../conversation/Turn.ts";
import type { Services } from "../Services.ts";

/** Deletes a turn, its pictures, its job, its place in the line and the message that shows its progress. A worker that makes it just now stops. */
export async function forgetEverywhere(
  turn: Turn,
  { turns, blobs, queue, cancels, admission, board, progress }: Services,
): Promise<void> {
  if (turn.outcome === null) await cancels.add(turn.id);
  await queue.forget(turn.id);
  await admission.leave(turn.id);
  await board.stop(turn.id);
  await forgetTurn(turn, turns, blobs);
  // What Discord does not let us do now, the Reconciler does.
  await progress.clear(turn.id).catch(() => undefined);
}
