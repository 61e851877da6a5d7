import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { findRedisServer, freePort, startRedisServer } from "./redisServer.ts";

const RESTART_PAUSE_MS = 500;

/** A Redis to use, and how it was found. */
export interface RedisAccess {
  /** Holds a password: never to be printed. */
  readonly url: string;
  readonly kind: "given" | "shared" | "spawned" | "in-process";
  /** One line for the person who starts emend. */
  readonly note: string;
  /** Stops what was started here; nothing for a Redis of somebody else's. */
  close(): Promise<void>;
}

export interface RedisChoice {
  /** REDIS_URL, which always wins. */
  readonly url?: string | undefined;
  /** EMEND_HOME. */
  readonly home: string;
  /** PATH to look for a server in. */
  readonly path?: string;
}

/**
 * Finds a Redis: the given one; else the one that another emend over the same data folder started; else a
 * redis-server or valkey-server of our own, durable in `<home>/redis`; else js-redis-server inside this process,
 * which forgets everything when the process ends.
 */
export async function openRedis({ url, home, path }: RedisChoice): Promise<RedisAccess> {
  const nothing = async () => undefined;
  if (url !== undefined) return { url, kind: "given", note: "using the Redis of REDIS_URL", close: nothing };
  const folder = resolve(home, "redis");
  const shared = await findShared(folder);
  if (shared)
    return { url: shared, kind: "shared", note: "using the Redis of the emend that runs here", close: nothing };
  const program = findRedisServer(path);
  return program ? openSpawned(program, folder) : openInProcess(folder);
}

const addressFile = (folder: string) => join(folder, "address.json");

/** Tells other emend processes of this user over the same data folder where the Redis is. */
async function publish(folder: string, url: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(addressFile(folder), JSON.stringify({ url }), { mode: 0o600 });
}

async function findShared(folder: string): Promise<string | undefined> {
  let url: unknown;
  try {
    url = (JSON.parse(await readFile(addressFile(folder), "utf8")) as { url?: unknown }).url;
  } catch {
    return undefined;
  }
  if (typeof url !== "string") return undefined;
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 1_000,
    commandTimeout: 1_000,
  });
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return url;
  } catch {
    return undefined;
  } finally {
    redis.disconnect();
  }
}

/** Starts the server again when it dies: same port, same password, and its append-only file has the data. */
async function openSpawned(program: string, folder: string): Promise<RedisAccess> {
  const options = { program, folder, port: await freePort(), password: randomBytes(24).toString("hex") };
  let server = await startRedisServer(options);
  await publish(folder, server.url);
  let closing = false;
  const supervise = async () => {
    for (;;) {
      await server.ended;
      if (closing) return;
      await sleep(RESTART_PAUSE_MS);
      const next = await startRedisServer(options).catch(() => undefined);
      if (next) server = next;
      if (closing) await server.stop();
    }
  };
  const supervision = supervise();
  const close = async () => {
    closing = true;
    await rm(addressFile(folder), { force: true });
    await server.stop();
    await supervision;
  };
  return { url: server.url, kind: "spawned", note: "started a private Redis; its data lies in the data folder", close };
}

/** js-redis-server runs real BullMQ (14 of 14 conformance scenarios), and has no way to save anything. */
async function openInProcess(folder: string): Promise<RedisAccess> {
  const { createRedisServer } = await import("js-redis-server");
  const { host, port, close: stop } = await createRedisServer({ port: 0 });
  const url = `redis://${host}:${port}`;
  await publish(folder, url);
  const close = async () => {
    await rm(addressFile(folder), { force: true });
    await stop();
  };
  const note = "no redis-server found: the queue lives in this process and is lost when it ends";
  return { url, kind: "in-process", note, close };
}
