import type { Turn } from "./Turn.ts";

/** Hashes of the pictures that a turn, or a change of it, needs: the source, the result, and what is shown as before. */
export function blobsOf({ source, outcome }: Partial<Pick<Turn, "source" | "outcome">>): string[] {
  const made = outcome?.status === "done" ? [outcome.picture, outcome.before] : [];
  return [...(source ? [source] : []), ...made].map(({ sha256 }) => sha256);
}
