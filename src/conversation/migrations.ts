import { setTimeout as sleep } from "node:timers/promises";
import type { Redis } from "ioredis";
import { EmendError } from "../errors/EmendError.ts";
import { keysLike } from "../storage/keysLike.ts";
import { redisCall } from "../storage/redisCall.ts";
import { takeLease } from "../storage/takeLease.ts";
import { decodeFields, encodeFields } from "./fields.ts";
import { indexTurn } from "./indexTurn.ts";
import { type Keys, SCHEMA_VERSION } from "./keys.ts";
import { type Turn, turnSchema } from "./Turn.ts";

type Migration = (redis: Redis, keys: Keys) => Promise<void>;

/** From each layout to the next. Each may be broken off anywhere and then done again. */
const migrations: Readonly<Record<string, { readonly to: string; readonly run: Migration }>> = {
  "1": { to: "2", run: plantTrees },
};

/** Renewed with every step; longer than one takes. */
const LEASE_MS = 60_000;
const PAUSE_MS = 250;
/** How long another process's migration is waited for. */
const PATIENCE = 240;

/**
 * Brings Redis to the layout that this emend knows, in one process at a time.
 * @throws EmendError `bad_usage` when the layout is a newer one; `queue_unavailable`
 */
export async function migrate(redis: Redis, keys: Keys): Promise<void> {
  await redisCall(redis.setnx(keys.schema, SCHEMA_VERSION));
  for (let tries = 0; tries < PATIENCE; tries++) {
    const found = (await redisCall(redis.get(keys.schema))) ?? "";
    if (found === SCHEMA_VERSION) return;
    const migration = migrations[found];
    if (!migration) {
      throw new EmendError("bad_usage", `Redis holds data of layout ${found}, and this emend knows ${SCHEMA_VERSION}`);
    }
    const release = await takeLease(redis, keys.migration, LEASE_MS);
    if (!release) {
      await sleep(PAUSE_MS);
      continue;
    }
    try {
      await migration.run(redis, keys);
      await redisCall(redis.set(keys.schema, migration.to));
    } finally {
      await release();
    }
  }
  throw new EmendError("queue_unavailable", "another process is still bringing the data to a new layout");
}

/** 1 → 2: turns learn which tree they belong to, and what finds them by tree, author, source and blob. */
async function plantTrees(redis: Redis, keys: Keys): Promise<void> {
  const turns = new Map<string, Record<string, unknown> & { parent?: unknown }>();
  for (const key of await keysLike(redis, keys.turn("*"))) {
    const fields = decodeFields(await redisCall(redis.hgetall(key))) as Record<string, unknown> | undefined;
    if (typeof fields?.id === "string") turns.set(fields.id, fields);
  }
  for (const [id, fields] of turns) {
    const whole = turnSchema.safeParse({
      ...{ instructionMessage: null, undoneAt: null, tree: rootOf(id) },
      ...fields,
      v: 2,
    });
    // What cannot be read now could not be read before, either.
    if (!whole.success) continue;
    const turn: Turn = whole.data;
    const writes = redis.multi().hset(keys.turn(id), encodeFields(turn));
    indexTurn(writes, keys, turn);
    await redisCall(writes.exec());
  }

  function rootOf(id: string): string {
    const seen = new Set<string>();
    let root = id;
    for (let parent: unknown = id; typeof parent === "string" && turns.has(parent) && !seen.has(parent); ) {
      seen.add(parent);
      root = parent;
      parent = turns.get(parent)?.parent;
    }
    return root;
  }
}
