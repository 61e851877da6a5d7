import type { Redis } from "ioredis";
import { redisCall } from "../storage/redisCall.ts";
import { takeLease } from "../storage/takeLease.ts";
import { keysOf } from "./keys.ts";
import type { TurnStore } from "./TurnStore.ts";

/** Longer than any delivery takes, and shorter than Discord remembers a nonce ("some minutes"). */
const LEASE_MS = 60_000;

export interface DeliveryClaim {
  /**
   * True when somebody began this delivery before and did not finish: the message may be there already, so look
   * before posting.
   */
  readonly again: boolean;
  /** Lets another try at once. Call it when the delivery failed, and after it was settled. */
  release(): Promise<void>;
}

/**
 * The right to tell a turn's end, for one minute and one caller; undefined when somebody else has it or the end was
 * told. Whoever posts must `settle` the turn before releasing: so at most one message per turn is visible, in spite
 * of an at-least-once queue, several bot processes, and crashes between any two lines.
 */
export async function claimDelivery(
  redis: Redis,
  prefix: string,
  turns: TurnStore,
  turnId: string,
): Promise<DeliveryClaim | undefined> {
  const keys = keysOf(prefix);
  const release = await takeLease(redis, keys.delivery(turnId), LEASE_MS);
  if (!release) return undefined;
  const turn = await turns.get(turnId);
  if (turn === undefined || turn.deliveredAt !== null) {
    await release();
    return undefined;
  }
  const tries = await redisCall(redis.hincrby(keys.turn(turnId), "tries", 1));
  return { again: tries > 1, release };
}
