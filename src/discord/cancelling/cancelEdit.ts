import type { Turn } from "../../conversation/Turn.ts";
import { failed } from "../../queue/contract/failure.ts";
import type { Services } from "../Services.ts";

/** cancelled: it is over. stopping: a worker has it, and ends it within a step. ended: it was over before. */
export type Cancelled = "cancelled" | "stopping" | "ended";

/**
 * Stops an edit, wherever it is. Calling it again changes nothing.
 * @param user who wishes it; anybody but the asker is a moderator, whom the asker is told about
 * @throws EmendError `queue_unavailable`
 */
export async function cancelEdit(
  turn: Turn,
  user: string,
  { queue, cancels, deliverer }: Services,
): Promise<Cancelled> {
  const { state } = await queue.stateOf(turn.id);
  if (turn.outcome !== null || turn.deliveredAt !== null || state === "finished") return "ended";
  // The wish first: so a worker that takes the job this very moment stops it, and nobody puts a job back that is removed.
  await cancels.add(turn.id, user === turn.author ? "asker" : "moderator");
  // Its handler is about to add the job, or died: the worker or the Reconciler ends it.
  if (state === "missing" && turn.status === "made") return "stopping";
  if (!(await queue.remove(turn.id))) return "stopping";
  await deliverer.deliver(turn.id, failed(turn.id, "cancelled", "the edit was cancelled"));
  return "cancelled";
}
