import type { BlobStore } from "../storage/BlobStore.ts";
import { forgetTurn } from "./forgetTurn.ts";
import type { TurnStore } from "./TurnStore.ts";

/** Deletes all turns of a tree with their pictures. @returns how many there were */
export async function forgetTree(treeId: string, turns: TurnStore, blobs: BlobStore): Promise<number> {
  const { places } = await turns.tree(treeId);
  const kept = [...places.values()].flatMap(({ turn }) => turn ?? []);
  // The newest first, so that hardly any place has to be kept for its children meanwhile.
  for (const turn of kept.reverse()) await forgetTurn(turn, turns, blobs);
  return kept.length;
}
