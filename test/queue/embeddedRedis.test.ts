import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterEach, describe, expect, it } from "vitest";
import { openRedis, type RedisAccess } from "../../src/queue/embeddedRedis.ts";
import { findRedisServer } from "../../src/queue/redisServer.ts";
import { connectForCommands, requireNoEviction, waitUntilConnected } from "../../src/storage/redisConnection.ts";
import { waitFor } from "./waitFor.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "emend-redis-"));
  closers.push(() => rm(home, { recursive: true, force: true }));
  return home;
}

async function connect(access: RedisAccess): Promise<Redis> {
  const redis = connectForCommands(access.url, () => undefined);
  closers.push(async () => redis.disconnect());
  await waitUntilConnected(redis, 5_000);
  return redis;
}

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    return (await redis.ping()) === "PONG";
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

it("uses REDIS_URL as it is given", async () => {
  const access = await openRedis({ url: "redis://somewhere:1234", home: "unused" });
  expect(access).toMatchObject({ kind: "given", url: "redis://somewhere:1234" });
});

it("falls back to a Redis in this process when PATH has none, and says that it forgets", async () => {
  const access = await openRedis({ home: await temporaryHome(), path: "" });
  closers.push(access.close);
  expect(access.kind).toBe("in-process");
  expect(access.note).toContain("lost when it ends");
  const redis = await connect(access);
  await requireNoEviction(redis);
  expect(await redis.set("a", "1")).toBe("OK");
});

describe.skipIf(findRedisServer() === undefined)("with redis-server on PATH", () => {
  it("keeps the data from one start to the next and shares one server among processes", async () => {
    const home = await temporaryHome();
    const first = await openRedis({ home });
    const redis = await connect(first);
    await redis.set("kept", "yes");
    const second = await openRedis({ home });
    expect([first.kind, second.kind, second.url === first.url]).toEqual(["spawned", "shared", true]);
    await first.close();
    expect(await answers(first.url)).toBe(false);

    const third = await openRedis({ home });
    closers.push(third.close);
    expect(await (await connect(third)).get("kept")).toBe("yes");
  });

  it("refuses clients without the password", async () => {
    const access = await openRedis({ home: await temporaryHome() });
    closers.push(access.close);
    const { port } = new URL(access.url);
    const redis = new Redis(Number(port), { lazyConnect: true, retryStrategy: () => null });
    redis.on("error", () => undefined);
    closers.push(async () => redis.disconnect());
    await redis.connect().catch(() => undefined);
    await expect(redis.ping()).rejects.toThrow(/NOAUTH|closed/);
  });

  it("starts the server again, with its data, when the server is killed", async () => {
    const access = await openRedis({ home: await temporaryHome() });
    closers.push(access.close);
    const redis = await connect(access);
    await redis.set("kept", "yes");
    const pid = Number(/process_id:(\d+)/.exec(await redis.info("server"))?.[1]);
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // appendfsync everysec
    process.kill(pid, "SIGKILL");
    await waitFor(() => redis.status !== "ready", "the connection to break");
    expect(await waitFor(() => redis.get("kept").catch(() => undefined), "the data")).toBe("yes");
  });

  it("ends the server when the process that started it is killed", async () => {
    const home = await temporaryHome();
    const script = `
      const { openRedis } = await import(${JSON.stringify(new URL("../../src/queue/embeddedRedis.ts", import.meta.url).href)});
      console.log((await openRedis({ home: ${JSON.stringify(home)} })).url);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = await new Promise<string>((resolve) =>
      child.stdout.once("data", (data: Buffer) => resolve(String(data).trim())),
    );
    expect(await answers(url)).toBe(true);
    child.kill("SIGKILL");
    await waitFor(async () => !(await answers(url)), "the server to end");
  });

  it("refuses a Redis that evicts keys", async () => {
    const access = await openRedis({ home: await temporaryHome() });
    closers.push(access.close);
    const redis = await connect(access);
    await requireNoEviction(redis);
    await redis.config("SET", "maxmemory-policy", "allkeys-lru");
    await expect(requireNoEviction(redis)).rejects.toMatchObject({ code: "bad_usage" });
  });
});
