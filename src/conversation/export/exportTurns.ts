import { inspectPicture } from "../../images/inspectPicture.ts";
import type { BlobStore } from "../../storage/BlobStore.ts";
import type { Place } from "../Tree.ts";
import type { Turn } from "../Turn.ts";
import { type ZipEntry, zipFiles } from "./zipFiles.ts";

/**
 * Turns as a zip: `turns.json`, and the pictures that they were made of and that they made, each once. Pictures that
 * are no longer stored are left out; of a place without a turn only the place is told.
 */
export async function exportTurns(places: readonly Omit<Place, "children">[], blobs: BlobStore): Promise<Buffer> {
  const pictures = new Map<string, ZipEntry>();
  const add = async (sha256: string): Promise<string | null> => {
    const known = pictures.get(sha256);
    if (known) return known.name;
    if (!(await blobs.has(sha256))) return null;
    const bytes = await blobs.get(sha256);
    const { format } = inspectPicture(bytes, { maxBytes: bytes.length, maxPixels: Number.POSITIVE_INFINITY });
    const entry = { name: `pictures/${sha256.slice(0, 16)}.${format}`, bytes };
    pictures.set(sha256, entry);
    return entry.name;
  };
  const turns: object[] = [];
  for (const { id, parent, turn } of places) {
    if (!turn) {
      turns.push({ id, parent, missing: true });
      continue;
    }
    const made = turn.outcome?.status === "done" ? turn.outcome.picture.sha256 : undefined;
    const files = { source: await add(turn.source.sha256), result: made === undefined ? null : await add(made) };
    turns.push({ ...described(turn), ...files });
  }
  const json = `${JSON.stringify({ format: "emend-turns", version: 1, turns }, undefined, 2)}\n`;
  return zipFiles([{ name: "turns.json", bytes: json }, ...pictures.values()]);
}

/** What is told about a turn: all that is known of it, but for what only the bot's own work needs. */
function described(turn: Turn): object {
  const { v, source, outcome, locale, channelLocale, destination, attachmentLimit, deadline, learned, ...rest } = turn;
  const done = outcome?.status === "done" ? outcome : undefined;
  const time = (milliseconds: number | null) => (milliseconds === null ? null : new Date(milliseconds).toISOString());
  return {
    ...rest,
    requestedAt: time(turn.requestedAt),
    deliveredAt: time(turn.deliveredAt),
    undoneAt: time(turn.undoneAt),
    ...(done === undefined
      ? {}
      : { made: { ...done, v: undefined, turnId: undefined, picture: undefined, before: undefined } }),
    ...(outcome?.status === "failed" ? { failed: outcome.code } : {}),
  };
}
