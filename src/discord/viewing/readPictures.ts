import type { Turn } from "../../conversation/Turn.ts";
import type { EditDone } from "../../queue/contract/EditOutcome.ts";
import type { BlobStore } from "../../storage/BlobStore.ts";
import { Refusal } from "../Refusal.ts";

export interface TurnPictures {
  readonly outcome: EditDone;
  /** Both written by our own worker. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/**
 * A result with its pictures.
 * @throws Refusal `not_found` when there is no result (yet), or its pictures were deleted
 */
export async function readPictures({ outcome }: Turn, blobs: BlobStore): Promise<TurnPictures> {
  if (outcome?.status !== "done") throw new Refusal("not_found", (texts) => texts.problems.notDone);
  for (const { sha256 } of [outcome.before, outcome.picture]) {
    if (!(await blobs.has(sha256))) throw new Refusal("not_found", (texts) => texts.problems.pictureGone);
  }
  const [before, after] = await Promise.all([blobs.get(outcome.before.sha256), blobs.get(outcome.picture.sha256)]);
  return { outcome, before, after };
}
