import type { Turn } from "../../conversation/Turn.ts";
import type { EditDone } from "../../queue/contract/EditOutcome.ts";
import type { BlobStore } from "../../storage/BlobStore.ts";
import { Refusal } from "../Refusal.ts";

/**
 * A result whose pictures are there.
 * @throws Refusal `not_found` when there is no result (yet), or its pictures were deleted
 */
export async function requirePictures({ outcome }: Turn, blobs: BlobStore): Promise<EditDone> {
  if (outcome?.status !== "done") throw new Refusal("not_found", (texts) => texts.problems.notDone);
  for (const { sha256 } of [outcome.before, outcome.picture]) {
    if (!(await blobs.has(sha256))) throw new Refusal("not_found", (texts) => texts.problems.pictureGone);
  }
  return outcome;
}
