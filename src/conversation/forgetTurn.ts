import type { BlobStore } from "../storage/BlobStore.ts";
import type { Turn } from "./Turn.ts";
import type { TurnStore } from "./TurnStore.ts";

/** Deletes a turn, and the pictures that no other turn needs. */
export async function forgetTurn(turn: Turn, turns: TurnStore, blobs: BlobStore): Promise<void> {
  for (const sha256 of await turns.delete(turn)) await blobs.delete(sha256);
}
