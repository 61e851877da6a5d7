import { forgetTurn } from "../../conversation/forgetTurn.ts";
import type { Turn } from "../../conversation/Turn.ts";
import type { Services } from "../Services.ts";

/** Deletes a turn, its pictures, and its job. A worker that makes it just now ends that, and nobody gets the result. */
export async function forgetEverywhere(
  turn: Turn,
  { turns, blobs, queue }: Pick<Services, "turns" | "blobs" | "queue">,
): Promise<void> {
  await queue.forget(turn.id);
  await forgetTurn(turn, turns, blobs);
}
