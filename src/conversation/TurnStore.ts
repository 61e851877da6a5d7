import type { Redis } from "ioredis";
import { keysLike } from "../storage/keysLike.ts";
import { redisCall } from "../storage/redisCall.ts";
import { blobsOf } from "./blobsOf.ts";
import { decodeFields, encodeFields } from "./fields.ts";
import { indexTurn } from "./indexTurn.ts";
import { type Keys, keysOf } from "./keys.ts";
import { migrate } from "./migrations.ts";
import { plantTree, type Tree } from "./Tree.ts";
import { type NewTurn, type Turn, type TurnChange, turnSchema } from "./Turn.ts";

/** Writes fields (ARGV from the second on) of the turn KEYS[1] if there is one, which then uses the blobs KEYS[2 …]. */
const WRITE = `if redis.call("hexists", KEYS[1], "v") == 0 then return 0 end
for i = 2, #ARGV, 2 do redis.call("hset", KEYS[1], ARGV[i], ARGV[i + 1]) end
for i = 2, #KEYS do redis.call("sadd", KEYS[i], ARGV[1]) end
return 1`;

const ALIAS_S = 30 * 86_400;

/** What is left of a deleted turn that others continue. */
const placeSchema = turnSchema.pick({ id: true, parent: true, tree: true });

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

  /**
   * Brings the data of an older emend to this layout.
   * @throws EmendError `bad_usage` when a newer emend has written this Redis
   */
  async checkSchema(): Promise<void> {
    await migrate(this.#redis, this.#keys);
  }

  /** Records a turn. @returns false when the turn exists: the same interaction or message came twice */
  async create(turn: NewTurn): Promise<boolean> {
    const whole = turnSchema.parse({
      ...turn,
      ...{ v: 2, status: "made", outcome: null, resultMessage: null, deliveredAt: null, undoneAt: null },
    });
    const key = this.#keys.turn(turn.id);
    // The id's field decides; whoever sets it writes the rest.
    if ((await redisCall(this.#redis.hsetnx(key, "id", JSON.stringify(turn.id)))) === 0) return false;
    const writes = this.#redis.multi().hset(key, encodeFields(whole));
    writes.zadd(this.#keys.open, turn.deadline, turn.id);
    indexTurn(writes, this.#keys, whole);
    await redisCall(writes.exec());
    return true;
  }

  /** The turn, or undefined when there is none, it was deleted, or its maker died at the beginning of it. */
  async get(turnId: string): Promise<Turn | undefined> {
    const turn = turnSchema.safeParse(decodeFields(await redisCall(this.#redis.hgetall(this.#keys.turn(turnId)))));
    return turn.success ? turn.data : undefined;
  }

  /** A turn that was deleted meanwhile stays deleted. */
  async change(turnId: string, change: TurnChange): Promise<void> {
    await this.#write(turnId, change, blobsOf(change));
  }

  /** Notes that the asker was told how the turn ended, and by which message. */
  async settle(turnId: string, resultMessage: string | null): Promise<void> {
    const kept = await this.#write(turnId, { resultMessage, deliveredAt: Date.now() });
    const writes = this.#redis.multi().zrem(this.#keys.open, turnId);
    if (kept && resultMessage !== null) writes.set(this.#keys.message(resultMessage), turnId);
    await redisCall(writes.exec());
  }

  /** @returns false when there is no such turn */
  async #write(turnId: string, fields: object, blobs: readonly string[] = []): Promise<boolean> {
    const keys = [this.#keys.turn(turnId), ...blobs.map((sha256) => this.#keys.uses(sha256))];
    const values = Object.entries(encodeFields(fields)).flat();
    return (await redisCall(this.#redis.eval(WRITE, keys.length, ...keys, turnId, ...values))) === 1;
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

  /** Lets a message that speaks about a turn's result stand for it, for a month. */
  async alias(messageId: string, turnId: string): Promise<void> {
    await redisCall(this.#redis.set(this.#keys.message(messageId), turnId, "EX", ALIAS_S));
  }

  /** The first turn whose source this message shows. */
  async bySource(messageId: string): Promise<Turn | undefined> {
    const turnId = await redisCall(this.#redis.get(this.#keys.source(messageId)));
    return turnId === null ? undefined : this.get(turnId);
  }

  /** Ids of the turns that a person asked for, the newest first. */
  async byAuthor(userId: string): Promise<string[]> {
    return redisCall(this.#redis.zrevrange(this.#keys.author(userId), 0, -1));
  }

  /** Servers and the trees in them that got their last turn before this moment. @param guild null: outside of servers */
  async treesBefore(guild: string | null, time: number): Promise<string[]> {
    return redisCall(this.#redis.zrangebyscore(this.#keys.trees(guild), "-inf", `(${time}`));
  }

  /** The servers (null: outside of servers) that have trees. */
  async guilds(): Promise<(string | null)[]> {
    const start = this.#keys.trees("");
    const found = await keysLike(this.#redis, `${start}*`);
    return found.map((key) => key.slice(start.length)).map((guild) => (guild === "direct" ? null : guild));
  }

  /** A whole tree: every turn that is kept, and the places of deleted ones that others depend on. */
  async tree(treeId: string): Promise<Tree> {
    const ids = await redisCall(this.#redis.zrange(this.#keys.tree(treeId), 0, -1));
    const places = await Promise.all(
      ids.map(async (id) => {
        const place = placeSchema.safeParse(decodeFields(await redisCall(this.#redis.hgetall(this.#keys.turn(id)))));
        return place.success ? { id, parent: place.data.parent, turn: await this.get(id) } : undefined;
      }),
    );
    return plantTree(
      treeId,
      places.filter((place) => place !== undefined),
    );
  }

  /**
   * Deletes a turn. While others continue it, its place in the tree is kept, without anything that anybody wrote, made
   * or is; it goes with the last of them.
   * @returns hashes of the blobs that nothing needs any more
   */
  async delete(turn: Turn): Promise<string[]> {
    const { id, parent, tree, author, guild, resultMessage, sourceMessage } = turn;
    const key = this.#keys.turn(id);
    const writes = this.#redis.multi().del(key, this.#keys.delivery(id), this.#keys.reply(id));
    writes.zrem(this.#keys.open, id).zrem(this.#keys.author(author), id);
    if (resultMessage !== null) writes.del(this.#keys.message(resultMessage));
    if ((await redisCall(this.#redis.scard(this.#keys.children(id)))) > 0) {
      writes.hset(key, encodeFields({ id, parent, tree }));
    }
    await redisCall(writes.exec());
    if (sourceMessage !== null && (await redisCall(this.#redis.get(this.#keys.source(sourceMessage)))) === id) {
      await redisCall(this.#redis.del(this.#keys.source(sourceMessage)));
    }
    await this.#prune(id, parent, tree, guild);
    return this.#release(turn);
  }

  /** Those of some blobs that no turn needs. */
  async unused(hashes: readonly string[]): Promise<string[]> {
    const uses = await Promise.all(hashes.map((sha256) => redisCall(this.#redis.scard(this.#keys.uses(sha256)))));
    return hashes.filter((_, i) => uses[i] === 0);
  }

  /** Takes a place without a turn and without children out of its tree, and then perhaps its parent's. */
  async #prune(id: string, parent: string | null, tree: string, guild: string | null): Promise<void> {
    if (await this.get(id)) return;
    if ((await redisCall(this.#redis.scard(this.#keys.children(id)))) > 0) return;
    const writes = this.#redis.multi().del(this.#keys.turn(id)).zrem(this.#keys.tree(tree), id);
    if (parent !== null) writes.srem(this.#keys.children(parent), id);
    await redisCall(writes.exec());
    if (parent !== null) {
      const above = placeSchema.safeParse(decodeFields(await redisCall(this.#redis.hgetall(this.#keys.turn(parent)))));
      if (above.success) await this.#prune(parent, above.data.parent, tree, guild);
    }
    if ((await redisCall(this.#redis.zcard(this.#keys.tree(tree)))) > 0) return;
    await redisCall(this.#redis.zrem(this.#keys.trees(guild), tree));
  }

  /** Notes that a turn needs its blobs no more. @returns those that no turn needs */
  async #release(turn: Turn): Promise<string[]> {
    const hashes = [...new Set(blobsOf(turn))];
    for (const sha256 of hashes) await redisCall(this.#redis.srem(this.#keys.uses(sha256), turn.id));
    return this.unused(hashes);
  }
}
