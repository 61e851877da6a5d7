import { forgetTurn } from "../../conversation/forgetTurn.ts";
import type { Turn } from "../../conversation/Turn.ts";
import type { Services } from "../Services.ts";

/** Deletes a turn, its pictures, its job and its place in the line. A worker that makes it just now stops. */
export async function forgetEverywhere(
  turn: Turn,
  { turns, blobs, queue, cancels, admission }: Pick<Services, "turns" | "blobs" | "queue" | "cancels" | "admission">,
): Promise<void> {
  if (turn.outcome === null) await cancels.add(turn.id);
  await queue.forget(turn.id);
  await admission.leave(turn.id);
  await forgetTurn(turn, turns, blobs);
}
