import type { Redis } from "ioredis";
import { redisCall } from "../storage/redisCall.ts";
import { keysOf } from "./keys.ts";
import type { Turn } from "./Turn.ts";
import type { TurnStore } from "./TurnStore.ts";

/** Where a turn stands in its tree. */
export interface Place {
  readonly id: string;
  /** Another place of the tree; null when it edits the picture that the tree began with. */
  readonly parent: string | null;
  /** Undefined when it was deleted and others continue it. */
  readonly turn: Turn | undefined;
}

/** Nobody looks at more, and no answer may take for ever. */
const MOST = 2_000;

/** Finds what belongs together. */
export class TreeReader {
  readonly #redis: Redis;
  readonly #prefix: string;
  readonly #turns: TurnStore;

  constructor(redis: Redis, prefix: string, turns: TurnStore) {
    this.#redis = redis;
    this.#prefix = prefix;
    this.#turns = turns;
  }

  /** All turns of a turn's tree, parents before their children, siblings from the oldest to the newest. */
  async treeOf(turn: Turn): Promise<Place[]> {
    let root: Place = { id: turn.id, parent: null, turn };
    for (let above = turn.parent, steps = 0; above !== null && steps < MOST; steps++) {
      const found = await this.#turns.get(above);
      root = { id: above, parent: null, turn: found };
      above = found?.parent ?? null;
    }
    const places = [root];
    for (const { id } of places) {
      if (places.length >= MOST) break;
      const children = await redisCall(this.#redis.smembers(keysOf(this.#prefix).children(id)));
      const turns = await Promise.all(children.map((child) => this.#turns.get(child)));
      const oldestFirst = turns
        .filter((each) => each !== undefined)
        .sort((a, b) => a.requestedAt - b.requestedAt || (a.id < b.id ? -1 : 1));
      places.push(...oldestFirst.map((child) => ({ id: child.id, parent: id, turn: child })));
    }
    return places;
  }
}
