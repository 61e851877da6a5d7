import type { BaseInteraction } from "discord.js";
import type { Place, Tree } from "../../conversation/Tree.ts";
import type { Turn } from "../../conversation/Turn.ts";
import type { HistoryTurn } from "../../pictures/drawHistory.ts";
import type { PictureRef } from "../../queue/contract/scalars.ts";
import type { BlobStore } from "../../storage/BlobStore.ts";
import type { Texts } from "../texts/en.ts";
import { mayView } from "./mayView.ts";

/** Of the picture from outside; no turn's id, which has no colon. */
export const ORIGINAL = ":original";

/**
 * A tree as it is drawn for somebody: the picture it began with, then every edit, numbered from the oldest to the
 * newest. What failed is left out, and so is what they may not see; what continues that hangs on what is above it.
 */
export function historyTurns(
  tree: Tree,
  current: Turn,
  viewer: BaseInteraction,
  blobs: BlobStore,
  texts: Texts,
): HistoryTurn[] {
  const { history } = texts;
  const places = [...tree.places.values()];
  const read =
    ({ sha256 }: PictureRef) =>
    () =>
      blobs.get(sha256);
  const isKept = ({ id, turn }: Place) =>
    turn === undefined || id === current.id || (turn.outcome?.status !== "failed" && mayView(viewer, turn));
  const kept = new Set(places.filter(isKept).map(({ id }) => id));
  const above = new Map(places.map(({ id, parent }) => [id, parent]));
  const parentOf = (id: string): string => {
    let parent = above.get(id);
    while (parent != null && !kept.has(parent)) parent = above.get(parent);
    return parent ?? ORIGINAL;
  };
  const ages = places.flatMap(({ id, turn }) => (turn && kept.has(id) ? [[id, turn.requestedAt] as const] : []));
  const numbers = new Map(ages.sort(([, a], [, b]) => a - b).map(([id], i) => [id, String(i + 1)]));

  const firsts = places.flatMap(({ id, turn }) => (turn && kept.has(id) && parentOf(id) === ORIGINAL ? [turn] : []));
  const before = firsts.flatMap(({ outcome }) => (outcome?.status === "done" ? [outcome.before] : []))[0];
  const original: HistoryTurn = {
    ...{ id: ORIGINAL, parent: null, label: history.original, instruction: "", task: null, isCurrent: false },
    ...(before ? { thumbnail: read(before) } : { thumbnail: null, note: history.notThere }),
  };
  const drawn = places
    .filter(({ id }) => kept.has(id))
    .map(({ id, turn }): HistoryTurn => {
      const shared = { id, parent: parentOf(id), label: numbers.get(id) ?? "–", isCurrent: id === current.id };
      if (!turn) return { ...shared, instruction: "", task: null, thumbnail: null, note: history.deleted };
      const { instruction, outcome } = turn;
      if (outcome?.status !== "done") {
        const note = outcome ? history.failed : history.notDone;
        return { ...shared, instruction, task: turn.task === "auto" ? null : turn.task, thumbnail: null, note };
      }
      const task = [outcome.task, turn.undoneAt === null ? null : history.undone]
        .filter((word) => word !== null)
        .join(" · ");
      return { ...shared, instruction, task: task || null, thumbnail: read(outcome.picture), note: history.notThere };
    });
  return [original, ...drawn];
}
