import type { Redis } from "ioredis";
import { redisCall } from "../storage/redisCall.ts";
import { takeLease } from "../storage/takeLease.ts";
import { keysOf } from "./keys.ts";

const DAY_S = 24 * 3_600;
/** A few KB is what they have; this keeps a mistake from filling Redis. Bytes. */
const MAX_CHECKPOINT = 4 * 2 ** 20;
/** Longer than telling an end takes. Milliseconds. */
const LEASE_MS = 60_000;

/** What bot and worker note about trainings beside their jobs: where one got to, who wants it to stop, what was told. */
export class TrainingStore {
  readonly #redis: Redis;
  readonly #keys: ReturnType<typeof keysOf>;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#keys = keysOf(prefix);
  }

  /** Trainings whose end was not told yet, with their tasks. */
  async open(): Promise<[trainingId: string, taskId: string][]> {
    return Object.entries(await redisCall(this.#redis.hgetall(this.#keys.trainings)));
  }

  async taskOf(trainingId: string): Promise<string | undefined> {
    return (await redisCall(this.#redis.hget(this.#keys.trainings, trainingId))) ?? undefined;
  }

  async begin(trainingId: string, taskId: string): Promise<void> {
    await redisCall(this.#redis.hset(this.#keys.trainings, trainingId, taskId));
  }

  /** Notes that the end was told, and forgets the rest. */
  async settle(trainingId: string): Promise<void> {
    const writes = this.#redis.multi().hdel(this.#keys.trainings, trainingId);
    await redisCall(writes.del(this.#keys.checkpoint(trainingId)).exec());
  }

  /** The right to tell a training's end, for a minute. @returns what gives it back */
  claim(trainingId: string): Promise<(() => Promise<void>) | undefined> {
    return takeLease(this.#redis, this.#keys.telling(trainingId), LEASE_MS);
  }

  /** Asks the worker that has the training to stop it; it looks every second. */
  async cancel(trainingId: string): Promise<void> {
    await redisCall(this.#redis.set(this.#keys.cancel(trainingId), "1", "EX", DAY_S));
  }

  async isCancelled(trainingId: string): Promise<boolean> {
    return (await redisCall(this.#redis.exists(this.#keys.cancel(trainingId)))) === 1;
  }

  async saveCheckpoint(trainingId: string, bytes: Uint8Array): Promise<void> {
    if (bytes.length > MAX_CHECKPOINT) throw new RangeError(`a checkpoint of ${bytes.length} bytes is too large`);
    await redisCall(this.#redis.set(this.#keys.checkpoint(trainingId), Buffer.from(bytes), "EX", 7 * DAY_S));
  }

  async checkpoint(trainingId: string): Promise<Uint8Array | undefined> {
    return (await redisCall(this.#redis.getBuffer(this.#keys.checkpoint(trainingId)))) ?? undefined;
  }

  async forgetCheckpoint(trainingId: string): Promise<void> {
    await redisCall(this.#redis.del(this.#keys.checkpoint(trainingId)));
  }
}
