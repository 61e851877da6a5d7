import type { Sandbox } from "../../sandbox/index.ts";
import type { Env } from "../../src/env.ts";
import type { Log } from "../../src/log/createLog.ts";
import { openRedis } from "../../src/queue/embeddedRedis.ts";
import { startBot } from "../../src/startBot.ts";
import type { StartOptions } from "../start.ts";
import { openSandbox } from "./openSandbox.ts";
import { say } from "./say.ts";
import { superviseWorker } from "./superviseWorker.ts";

/** Starts what the role asks for, in the order in which one needs the other. @returns what ends it, in reverse */
export async function startServices(
  env: Env,
  { role, port }: StartOptions,
  log: Log,
  signal: AbortSignal,
): Promise<() => Promise<void>> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    say("stopping …");
    for (const each of closers.splice(0).reverse()) {
      await each().catch((error: unknown) => log.warn("while stopping", { error }));
    }
  };
  try {
    // 1. The queue.
    const redis = await openRedis({ url: env.REDIS_URL, home: env.EMEND_HOME });
    closers.push(redis.close);
    if (redis.kind !== "given") say(redis.note);

    // 2. A worker, which loads the model while the rest starts.
    const worker =
      role === "all"
        ? superviseWorker({ ...process.env, REDIS_URL: redis.url, EMEND_HOME: env.EMEND_HOME })
        : undefined;
    if (worker) closers.push(() => worker.stop());
    worker?.ready.catch(() => undefined);

    // 3. Discord, or what stands for it.
    let sandbox: Sandbox | undefined;
    if (env.DISCORD_TOKEN === undefined) {
      sandbox = await openSandbox(port);
      closers.push(() => (sandbox as Sandbox).close());
    } else say("connecting to Discord …");

    // 4. The bot.
    const bot = await startBot(
      {
        token: sandbox?.token ?? (env.DISCORD_TOKEN as string),
        apiUrl: sandbox?.apiUrl ?? env.DISCORD_API_URL,
        cdnUrl: sandbox?.cdnUrl ?? env.DISCORD_CDN_URL,
        messageContent: env.DISCORD_MESSAGE_CONTENT === "on",
        redisUrl: redis.url,
        prefix: env.EMEND_PREFIX,
        home: env.EMEND_HOME,
        limits: { maxPixels: env.EMEND_MAX_PIXELS, maxBytes: env.EMEND_MAX_BYTES },
        maxWaiting: env.EMEND_MAX_WAITING,
        log,
        say,
      },
      signal,
    );
    closers.push(() => bot.close());
    await worker?.ready;
    if (sandbox) console.log(`emend is ready: open ${sandbox.url.replace(/\/$/, "")}`);
    else console.log(`emend is ready: ${bot.name} is on Discord (servers: ${bot.guilds()})`);
    return close;
  } catch (error) {
    await close();
    if (signal.aborted) return async () => undefined;
    throw error;
  }
}
