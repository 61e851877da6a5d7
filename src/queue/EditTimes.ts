import type { Redis } from "ioredis";
import { redisCall } from "../storage/redisCall.ts";
import { keysOf } from "./keys.ts";

/** Enough for a median, and few enough to follow a change of the machine. */
const KEPT = 200;
const DAY_S = 24 * 3_600;

/** How long an edit of so many steps takes, in milliseconds; undefined while nothing was measured. */
export type TypicalTime = (steps: number) => number | undefined;

/** How long edits took, measured by the workers: from taking the job to its stored result. */
export class EditTimes {
  readonly #redis: Redis;
  readonly #keyOf: (model: string) => string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#keyOf = keysOf(prefix).times;
  }

  async record(model: string, steps: number, milliseconds: number): Promise<void> {
    const key = this.#keyOf(model);
    const writes = this.#redis
      .multi()
      .lpush(key, `${steps} ${Math.round(milliseconds)}`)
      .ltrim(key, 0, KEPT - 1);
    await redisCall(writes.expire(key, 30 * DAY_S).exec());
  }

  async typical(model: string): Promise<TypicalTime> {
    const texts = await redisCall(this.#redis.lrange(this.#keyOf(model), 0, KEPT - 1));
    const bySteps = Map.groupBy(
      texts.map((text) => text.split(" ").map(Number) as [steps: number, milliseconds: number]),
      ([steps]) => steps,
    );
    const medians = new Map([...bySteps].map(([steps, times]) => [steps, median(times.map(([, time]) => time))]));
    return (steps) => typicalOf(steps, medians);
  }
}

/** Of edits with as many steps; otherwise of the nearest number of steps, in proportion. */
function typicalOf(steps: number, medians: ReadonlyMap<number, number>): number | undefined {
  const [nearest] = [...medians.keys()].sort((a, b) => Math.abs(a - steps) - Math.abs(b - steps));
  if (nearest === undefined) return undefined;
  return ((medians.get(nearest) as number) * steps) / nearest;
}

/** @param values at least one */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
