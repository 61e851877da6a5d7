import type { Turn } from "../../conversation/Turn.ts";

/** What a zip adds to the pictures of a turn: its line in the JSON, with many probabilities, and headers. Bytes. */
const OVERHEAD = 8_192;

/** As many turns a part as fit; one that is too large even alone has a part of its own. @param limit bytes */
export function partsOf(turns: readonly Turn[], limit: number): Turn[][] {
  const parts: Turn[][] = [];
  let room = 0;
  for (const turn of turns) {
    const made = turn.outcome?.status === "done" ? turn.outcome.picture.bytes : 0;
    const size = turn.source.bytes + made + 4 * turn.instruction.length + OVERHEAD;
    if (size > room || parts.length === 0) {
      parts.push([]);
      room = limit;
    }
    parts.at(-1)?.push(turn);
    room -= size;
  }
  return parts;
}
