import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { Redis } from "ioredis";
import { EmendError } from "../errors/EmendError.ts";

const START_LIMIT_MS = 10_000;
const STOP_LIMIT_MS = 5_000;

/** A Redis that we started. */
export interface RedisServer {
  readonly url: string;
  /** Resolves when the server has ended for any reason. */
  readonly ended: Promise<void>;
  /** Saves and stops it. */
  stop(): Promise<void>;
}

/** The path of redis-server or valkey-server, or undefined when PATH has neither. */
export function findRedisServer(path = process.env.PATH ?? ""): string | undefined {
  if (process.platform === "win32") return undefined; // no such server there, and the guard below needs sh
  for (const folder of path.split(delimiter)) {
    for (const name of ["redis-server", "valkey-server"]) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Look on.
      }
    }
  }
  return undefined;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/**
 * The server runs under a small shell that holds our pipe: when this process ends, however it ends, the pipe closes
 * and the shell stops the server. `exec 3<&0` keeps the pipe, because sh gives background jobs /dev/null as input.
 */
const GUARD = `exec 3<&0; "$1" "$2" & server=$!
(cat <&3 >/dev/null; kill -TERM $server 2>/dev/null) & guard=$!
wait $server; status=$?; kill $guard 2>/dev/null; exit $status`;

export interface RedisServerOptions {
  /** Path of redis-server or valkey-server. */
  readonly program: string;
  /** Where its append-only file and its settings lie. */
  readonly folder: string;
  readonly port: number;
  /** Hex digits; other users of this machine can reach the port, too. */
  readonly password: string;
}

/**
 * Starts redis-server on 127.0.0.1, with an append-only file and no eviction.
 * @throws EmendError `queue_unavailable` when it does not answer within 10 s
 */
export async function startRedisServer(options: RedisServerOptions): Promise<RedisServer> {
  const { program, folder, port, password } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const config = join(folder, "redis.conf");
  const lines = [
    ...["bind 127.0.0.1", "protected-mode yes", `port ${port}`, `requirepass ${password}`],
    ...[`dir ${JSON.stringify(folder)}`, "appendonly yes", "appendfsync everysec", 'save ""'],
    ...["maxmemory-policy noeviction", "daemonize no", 'logfile ""', "loglevel warning"],
  ];
  await writeFile(config, `${lines.join("\n")}\n`, { mode: 0o600 });

  // Its own process group: Ctrl+C then reaches us first, and we stop it last.
  const child = spawn("/bin/sh", ["-c", GUARD, "redis-guard", program, config], {
    stdio: ["pipe", "ignore", "pipe"],
    detached: true,
  });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk).slice(-2_000);
  });
  child.stdin.on("error", () => undefined);
  child.once("exit", () => child.stdin.destroy());
  const ended = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });

  const url = `redis://:${password}@127.0.0.1:${port}`;
  try {
    await untilAnswers(url, ended);
  } catch (cause) {
    child.stdin.destroy();
    const reason = complaint.trim().split("\n").at(-1) ?? "";
    throw new EmendError("queue_unavailable", `${program} did not start${reason && `: ${reason}`}`, { cause });
  }
  const stop = async () => {
    child.stdin.destroy();
    const limit = setTimeout(() => process.kill(-(child.pid as number), "SIGKILL"), STOP_LIMIT_MS);
    await ended;
    clearTimeout(limit);
  };
  return { url, ended, stop };
}

async function untilAnswers(url: string, ended: Promise<void>): Promise<void> {
  let dead = false;
  void ended.then(() => {
    dead = true;
  });
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => 30, maxRetriesPerRequest: null });
  redis.on("error", () => undefined);
  try {
    redis.connect().catch(() => undefined);
    const limit = Date.now() + START_LIMIT_MS;
    while (redis.status !== "ready") {
      if (dead) throw new Error("it ended");
      if (Date.now() > limit) throw new Error(`no answer within ${START_LIMIT_MS} ms`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  } finally {
    redis.disconnect();
  }
}
