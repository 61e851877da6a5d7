import { setImmediate } from "node:timers/promises";
import { throwIfCancelled } from "../../gpu-worker/diffusion/throwIfCancelled.ts";
import type { EditEngine, EditRequest } from "../../gpu-worker/engine/EditEngine.ts";
import { type EditScore, editScore } from "../editScore.ts";
import type { UnseenPair } from "./UnseenPairs.ts";
import { wholeScore } from "./wholeScore.ts";

export interface UnseenScore extends EditScore {
  readonly whole: number;
}

/**
 * The scores of each pair's edit; the seed of its noise is its place in the list.
 * @throws EmendError `cancelled`, and what the engine throws
 */
export async function scorePairs(
  engine: EditEngine,
  pairs: readonly UnseenPair[],
  how: Pick<EditRequest, "task" | "learned">,
  signal?: AbortSignal,
): Promise<UnseenScore[]> {
  const scores: UnseenScore[] = [];
  for (const [seed, { source, target, mask, instruction }] of pairs.entries()) {
    await setImmediate(); // lets Ctrl-C in between two pairs
    throwIfCancelled(signal);
    const request = { picture: source, instruction, seed, ...how };
    const { picture } = await engine.edit(request, { previews: false, ...(signal && { signal }) });
    scores.push({ ...editScore(source, picture, target, mask), whole: wholeScore(source, picture, target) });
  }
  return scores;
}
