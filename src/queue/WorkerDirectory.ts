import type { Redis } from "ioredis";
import { redisCall } from "../storage/redisCall.ts";
import { type WorkerStatus, workerStatusSchema } from "./contract/WorkerStatus.ts";

/** A worker that has been silent for longer than this is taken for gone. */
export const WORKER_SILENCE_MS = 20_000;
export const HEARTBEAT_MS = 5_000;

/** Which workers live, and what they can do: the hash `<prefix>:workers`, a field per worker. */
export class WorkerDirectory {
  readonly #redis: Redis;
  readonly #key: string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#key = `${prefix}:workers`;
  }

  async announce(status: WorkerStatus): Promise<void> {
    const json = JSON.stringify(workerStatusSchema.parse(status));
    await redisCall(this.#redis.hset(this.#key, status.id, json));
  }

  async leave(id: string): Promise<void> {
    await redisCall(this.#redis.hdel(this.#key, id));
  }

  /** The living workers. Forgets the others. @throws EmendError `queue_unavailable` */
  async living(): Promise<WorkerStatus[]> {
    const entries = await redisCall(this.#redis.hgetall(this.#key));
    const living: WorkerStatus[] = [];
    for (const [id, json] of Object.entries(entries)) {
      const status = workerStatusSchema.safeParse(parseJson(json));
      if (status.success && Date.now() - status.data.at < WORKER_SILENCE_MS) living.push(status.data);
      else await this.leave(id);
    }
    return living;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
