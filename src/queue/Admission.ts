import type { Redis } from "ioredis";
import { redisCall } from "../storage/redisCall.ts";
import { admitScript } from "./admitScript.ts";
import { keysOf } from "./keys.ts";

const DAY_MS = 24 * 3_600_000;

/** Limits of a member's server, and of the whole bot. */
export interface LineLimits {
  readonly perMember: number;
  readonly perGuild: number;
  readonly total: number;
  /** Edits that a member may ask for in 24 hours; null: any number. */
  readonly perDay: number | null;
}

/** Whose edit it is. */
export interface LineMember {
  readonly member: string;
  /** Null outside servers. */
  readonly guild: string | null;
}

/** An edit that has not ended, as the line knows it. */
export interface LineEntry extends LineMember {
  readonly turnId: string;
  /** The round of its start: edits of a lower round go first. */
  readonly round: number;
  /** Undefined: the model's default. */
  readonly steps: number | undefined;
}

export interface LineRequest extends LineMember {
  readonly turnId: string;
  readonly steps: number | undefined;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

export type Verdict =
  | { readonly admitted: true; readonly round: number }
  | { readonly admitted: false; readonly limit: "member" | "guild" | "line" }
  /** @property until when there will be room again. Milliseconds since 1970 */
  | { readonly admitted: false; readonly limit: "quota"; readonly until: number };

/**
 * Who may have how many edits in the line, and whose turn is when. What an edit takes, its place and its share of the
 * quota, is kept by turn, so taking and giving back are each counted once, however often they are called.
 * Every method settles within 2 s; errors are EmendError `queue_unavailable`.
 */
export class Admission {
  readonly #redis: Redis;
  readonly #keys: ReturnType<typeof keysOf>;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#keys = keysOf(prefix);
  }

  /** What `admit` would say, without taking anything. */
  check(request: LineRequest, limits: LineLimits): Promise<Verdict> {
    return this.#ask(request, limits, "0");
  }

  /** Takes a place in the line and one edit of the quota, if there is room. */
  admit(request: LineRequest, limits: LineLimits): Promise<Verdict> {
    return this.#ask(request, limits, "1");
  }

  /** Gives the place back, when the edit has ended. */
  async leave(turnId: string): Promise<void> {
    await redisCall(this.#redis.hdel(this.#keys.line, turnId));
  }

  /** Gives the edit of the quota back, when it came to nothing. */
  async refund(turnId: string, { guild, member }: LineMember): Promise<void> {
    await redisCall(this.#redis.zrem(this.#keys.quota(guild, member), turnId));
  }

  /** Edits of the last 24 hours that count against a member's quota. */
  async used({ guild, member }: LineMember): Promise<number> {
    return redisCall(this.#redis.zcount(this.#keys.quota(guild, member), Date.now() - DAY_MS, "+inf"));
  }

  /** All edits that have not ended, by turn. */
  async entries(): Promise<Map<string, LineEntry>> {
    const fields = await redisCall(this.#redis.hgetall(this.#keys.line));
    return new Map(Object.entries(fields).map(([turnId, text]) => [turnId, parseEntry(turnId, text)]));
  }

  /** The priority of an edit's job. One that is not in the line goes with the first. */
  async roundOf(turnId: string): Promise<number> {
    const text = await redisCall(this.#redis.hget(this.#keys.line, turnId));
    return text === null ? 1 : parseEntry(turnId, text).round;
  }

  async #ask(request: LineRequest, limits: LineLimits, commit: "0" | "1"): Promise<Verdict> {
    const { turnId, member, guild, deadline, steps } = request;
    const { perMember, perGuild, total, perDay } = limits;
    const [word, number] = (await redisCall(
      this.#redis.eval(
        ...[admitScript, 2, this.#keys.line, this.#keys.quota(guild, member)],
        ...[turnId, member, guild ?? "-", deadline, steps ?? 0, Date.now()],
        ...[perMember, perGuild, total, perDay ?? 0, commit],
      ),
    )) as ["admitted" | "member" | "guild" | "line" | "quota", number];
    if (word === "admitted") return { admitted: true, round: number };
    return word === "quota"
      ? { admitted: false, limit: word, until: number + DAY_MS }
      : { admitted: false, limit: word };
  }
}

function parseEntry(turnId: string, text: string): LineEntry {
  const [member = "", guild = "-", round = "1", , steps = "0"] = text.split(" ");
  return {
    ...{ turnId, member, guild: guild === "-" ? null : guild, round: Number(round) },
    steps: steps === "0" ? undefined : Number(steps),
  };
}
