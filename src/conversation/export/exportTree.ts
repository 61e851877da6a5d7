import { EmendError } from "../../errors/EmendError.ts";
import type { BlobStore } from "../../storage/BlobStore.ts";
import { pathTo } from "../pathTo.ts";
import type { Place } from "../Tree.ts";
import type { Turn } from "../Turn.ts";
import type { TurnStore } from "../TurnStore.ts";
import { exportTurns } from "./exportTurns.ts";

export interface TreeExport {
  readonly bytes: Buffer;
  /** `branch`: only what leads to the turn, because the whole tree is over the limit. */
  readonly what: "tree" | "branch";
}

export interface TreeExportOptions {
  /** Bytes; a tree that is larger is cut down to the branch of the turn, which may still be larger. */
  readonly limit?: number;
  /** Turns that whoever asks may not see are told about as deleted ones are. */
  readonly maySee?: (turn: Turn) => boolean;
}

/**
 * The tree of a turn as a zip, pictures and `turns.json`.
 * @throws EmendError `not_found`
 */
export async function exportTree(
  turnId: string,
  { turns, blobs }: { readonly turns: TurnStore; readonly blobs: BlobStore },
  { limit = Number.POSITIVE_INFINITY, maySee = () => true }: TreeExportOptions = {},
): Promise<TreeExport> {
  const turn = await turns.get(turnId);
  if (!turn) throw new EmendError("not_found", "that turn is no longer there");
  const tree = await turns.tree(turn.tree);
  const seen = (places: Iterable<Place>) =>
    [...places].map((place) => (place.turn && maySee(place.turn) ? place : { ...place, turn: undefined }));
  const bytes = await exportTurns(seen(tree.places.values()), blobs);
  if (bytes.length <= limit) return { bytes, what: "tree" };
  return { bytes: await exportTurns(seen(pathTo(tree, turnId)), blobs), what: "branch" };
}
