import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Redis } from "ioredis";
import { openRedis, type RedisAccess } from "../../src/queue/embeddedRedis.ts";
import { connectForBlocking, connectForCommands, waitUntilConnected } from "../../src/storage/redisConnection.ts";

/** A Redis for one test file, with connections that end with it. */
export interface TestRedis {
  readonly access: RedisAccess;
  readonly home: string;
  /** Connected, short time limits. */
  commands(): Promise<Redis>;
  /** For workers and event listeners. */
  blocking(): Redis;
  /** A key prefix that nobody else uses. */
  prefix(): string;
  close(): Promise<void>;
}

/** @param path PATH to look for a server in; "" gives js-redis-server */
export async function startTestRedis(path?: string): Promise<TestRedis> {
  const home = await mkdtemp(join(tmpdir(), "emend-redis-"));
  const access = await openRedis({ home, ...(path === undefined ? {} : { path }) });
  const connections: Redis[] = [];
  const keep = (redis: Redis) => {
    connections.push(redis);
    return redis;
  };
  const quiet = () => undefined;
  return {
    access,
    home,
    commands: async () => {
      const redis = keep(connectForCommands(access.url, quiet));
      await waitUntilConnected(redis, 5_000);
      return redis;
    },
    blocking: () => keep(connectForBlocking(access.url, quiet)),
    prefix: () => `test-${randomUUID().slice(0, 8)}`,
    close: async () => {
      for (const redis of connections) redis.disconnect();
      await access.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
