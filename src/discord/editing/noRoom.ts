import type { LineLimits, LineMember, Verdict } from "../../queue/Admission.ts";
import { type LineEdit, type LineSources, readLine } from "../../queue/readLine.ts";
import { relativeTime } from "../delivery/progressText.ts";
import { Refusal } from "../Refusal.ts";

/** When nothing was measured yet, or no worker lives. Milliseconds. */
const UNKNOWN_MS = 60_000;
/** An answer takes a moment to be read. Milliseconds. */
const LEAST_MS = 5_000;

/** The words for a request that finds no room: which limit, and when there will be room by what was measured. */
export async function noRoom(
  verdict: Exclude<Verdict, { admitted: true }>,
  { member, guild }: LineMember,
  { perMember, perGuild, perDay }: LineLimits,
  sources: LineSources,
): Promise<Refusal> {
  const { limit } = verdict;
  const until = limit === "quota" ? verdict.until : Date.now() + (await firstEnd(limit, { member, guild }, sources));
  const when = relativeTime(until);
  return new Refusal("limit_reached", ({ line }) => {
    if (limit === "quota") return line.quotaUsed(perDay ?? 0, when);
    if (limit === "member") return line.memberFull(perMember, when);
    return limit === "guild" ? line.guildFull(perGuild, when) : line.full(when);
  });
}

/** Milliseconds until the first of the edits that are in the way will be done. */
async function firstEnd(
  limit: "member" | "guild" | "line",
  { member, guild }: LineMember,
  sources: LineSources,
): Promise<number> {
  const inTheWay = ({ entry }: LineEdit) => {
    if (limit === "line") return true;
    return limit === "member" ? entry?.member === member : entry?.guild === guild;
  };
  const { edits } = await readLine(sources);
  const ends = edits.filter(inTheWay).map(({ doneInMs }) => doneInMs ?? UNKNOWN_MS);
  return Math.max(ends.length === 0 ? UNKNOWN_MS : Math.min(...ends), LEAST_MS);
}
