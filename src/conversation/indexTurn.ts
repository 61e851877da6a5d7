import type { ChainableCommander } from "ioredis";
import { blobsOf } from "./blobsOf.ts";
import type { Keys } from "./keys.ts";
import type { Turn } from "./Turn.ts";

/** Adds to a transaction what finds a turn by its parent, tree, author, source and blobs. Doing it twice changes nothing. */
export function indexTurn(writes: ChainableCommander, keys: Keys, turn: Turn): void {
  const { id, parent, tree, guild, author, sourceMessage, requestedAt } = turn;
  writes.zadd(keys.tree(tree), requestedAt, id);
  writes.zadd(keys.trees(guild), "GT", requestedAt, tree);
  writes.zadd(keys.author(author), requestedAt, id);
  if (parent !== null) writes.sadd(keys.children(parent), id);
  else if (sourceMessage !== null) writes.setnx(keys.source(sourceMessage), id);
  for (const sha256 of blobsOf(turn)) writes.sadd(keys.uses(sha256), id);
}
