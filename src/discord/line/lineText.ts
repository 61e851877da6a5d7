import type { Line, LineEdit } from "../../queue/readLine.ts";
import { relativeTime } from "../delivery/progressText.ts";
import type { Texts } from "../texts/en.ts";

/** Places that are told one by one; more say nothing new. */
const MAX_PLACES = 10;

export interface Quota {
  readonly used: number;
  /** Null: any number. */
  readonly perDay: number | null;
}

/** The line as one member may see it: the own places, and of the others only how many they are. */
export function lineText(line: Line, member: string, { used, perDay }: Quota, { line: texts }: Texts): string {
  const { edits, workers, typicalMs } = line;
  const own = edits.filter(({ entry }) => entry?.member === member);
  const lines = own.slice(0, MAX_PLACES).map((edit) => `• ${placeText(edit, edits, texts)}`);
  if (own.length === 0) lines.push(texts.noneOfYours);
  if (own.length > MAX_PLACES) lines.push(texts.andMore(own.length - MAX_PLACES));
  const waiting = edits.filter(({ position }) => position > 0).length;
  if (own.length > 0) lines.push(texts.howToCancel);
  lines.push("", texts.counts(waiting, edits.length - waiting, workers));
  if (typicalMs !== undefined) lines.push(texts.typical((typicalMs / 1_000).toFixed(1)));
  lines.push(perDay === null ? texts.used(used) : texts.usedOf(used, perDay));
  return lines.join("\n");
}

function placeText(edit: LineEdit, edits: readonly LineEdit[], texts: Texts["line"]): string {
  const before = edits.slice(0, edits.indexOf(edit));
  const members = new Set(before.map(({ entry }) => entry?.member)).size;
  return [
    edit.position === 0 ? texts.beingMade : texts.number(edit.position),
    ...(edit.position === 0 ? [] : [texts.before(before.length, members)]),
    ...(edit.doneInMs === undefined ? [] : [texts.done(relativeTime(Date.now() + edit.doneInMs))]),
  ].join(" · ");
}
