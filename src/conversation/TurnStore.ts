import type { Redis } from "ioredis";
import { EmendError } from "../errors/EmendError.ts";
import { redisCall } from "../storage/redisCall.ts";
import { type Keys, keysOf, SCHEMA_VERSION } from "./keys.ts";
import { type NewTurn, type Turn, type TurnChange, turnSchema } from "./Turn.ts";

/**
 * The turns of all conversations: what is true about an edit, whatever the queue or a process forgets.
 * Every method settles within about 2 s; errors are EmendError `queue_unavailable`.
 */
export class TurnStore {
  readonly #redis: Redis;
  readonly #keys: Keys;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#keys = keysOf(prefix);
  }

  /** @throws EmendError `bad_usage` when a newer emend has written this Redis */
  async checkSchema(): Promise<void> {
    await redisCall(this.#redis.setnx(this.#keys.schema, SCHEMA_VERSION));
    const found = await redisCall(this.#redis.get(this.#keys.schema));
    if (found === SCHEMA_VERSION) return;
    throw new EmendError("bad_usage", `Redis holds data of layout ${found}, and this emend knows ${SCHEMA_VERSION}`);
  }

  /** Records a turn. @returns false when the turn exists: the same interaction came twice */
  async create(turn: NewTurn): Promise<boolean> {
    const whole: Turn = { ...turn, v: 1, status: "made", outcome: null, resultMessage: null, deliveredAt: null };
    const key = this.#keys.turn(turn.id);
    // The id's field decides; whoever sets it writes the rest.
    if ((await redisCall(this.#redis.hsetnx(key, "id", JSON.stringify(turn.id)))) === 0) return false;
    const writes = this.#redis.multi().hset(key, encode(turnSchema.parse(whole)));
    writes.zadd(this.#keys.open, turn.deadline, turn.id);
    if (turn.parent !== null) writes.sadd(this.#keys.children(turn.parent), turn.id);
    await redisCall(writes.exec());
    return true;
  }

  /** The turn, or undefined when there is none (or only the beginning of one, whose maker died). */
  async get(turnId: string): Promise<Turn | undefined> {
    const fields = await redisCall(this.#redis.hgetall(this.#keys.turn(turnId)));
    const turn = turnSchema.safeParse(decode(fields));
    return turn.success ? turn.data : undefined;
  }

  async change(turnId: string, change: TurnChange): Promise<void> {
    await redisCall(this.#redis.hset(this.#keys.turn(turnId), encode(change)));
  }

  /** Notes that the asker was told how the turn ended, and by which message. */
  async settle(turnId: string, resultMessage: string | null): Promise<void> {
    const writes = this.#redis.multi();
    writes.hset(this.#keys.turn(turnId), encode({ resultMessage, deliveredAt: Date.now() }));
    if (resultMessage !== null) writes.set(this.#keys.message(resultMessage), turnId);
    await redisCall(writes.zrem(this.#keys.open, turnId).exec());
  }

  /** Forgets an open turn that cannot be read. */
  async abandon(turnId: string): Promise<void> {
    await redisCall(this.#redis.zrem(this.#keys.open, turnId));
  }

  /** Ids of the turns whose askers have not been told the end, the most urgent first. */
  async open(): Promise<string[]> {
    return redisCall(this.#redis.zrange(this.#keys.open, 0, -1));
  }

  /** The turn whose result this message shows. */
  async byMessage(messageId: string): Promise<Turn | undefined> {
    const turnId = await redisCall(this.#redis.get(this.#keys.message(messageId)));
    return turnId === null ? undefined : this.get(turnId);
  }
}

/** One JSON text per field; fields that are undefined are left out. */
function encode(fields: object): Record<string, string> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, JSON.stringify(value)]));
}

function decode(fields: Record<string, string>): unknown {
  try {
    return Object.fromEntries(Object.entries(fields).map(([name, json]) => [name, JSON.parse(json)]));
  } catch {
    return undefined;
  }
}
