import { DiscordAPIError } from "discord.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ReplyHandles } from "../../src/discord/delivery/ReplyHandles.ts";
import { readEnv } from "../../src/env.ts";
import { createLog } from "../../src/log/createLog.ts";
import { startTestRedis, type TestRedis } from "../queue/testRedis.ts";

const TOKEN = "A-Very-Fake-Token";
const REPLY_TOKEN = "aW50ZXJhY3Rpb246MTpzZWNyZXQ";

it("logs an error of Discord's without its address and body", () => {
  const lines: string[] = [];
  const log = createLog({ level: "debug", secrets: [TOKEN], write: (line) => lines.push(line) });
  const url = `https://discord.com/api/v10/webhooks/1/${REPLY_TOKEN}/messages/@original`;
  const body = { json: { content: "private words" }, files: [] };
  const error = new DiscordAPIError({ code: 50027, message: "Invalid Webhook Token" }, 50027, 401, "PATCH", url, body);
  log.error(`failed with ${TOKEN}`, {
    error: new Error(`at ${url} with redis://:pw123456@localhost`, { cause: error }),
  });
  log.warn("download", { error: new Error("https://cdn.discordapp.com/a.png?ex=1&is=2&hm=3 refused") });
  log.info(`Authorization: Bot ${"x".repeat(40)}`, { address: "rediss://user:pw123456@host:1" });
  const text = lines.join("");
  for (const secret of [TOKEN, REPLY_TOKEN, "private words", "pw123456", "hm=3", "x".repeat(40)]) {
    expect(text).not.toContain(secret);
  }
  expect(text).toContain('"code":50027');
  expect(text).toContain('"status":401');
});

it("never prints a value of the environment", () => {
  const env = {
    DISCORD_API_URL: "not-a-url-but-secret",
    EMEND_DEVICE: "tpu-secret",
    DISCORD_TOKEN_FILE: "/none-secret",
  };
  expect(() => readEnv(env)).toThrow(/DISCORD_TOKEN_FILE/);
  try {
    readEnv({ ...env, DISCORD_TOKEN_FILE: "" });
    expect.unreachable();
  } catch (error) {
    expect((error as Error).message).toMatch(/DISCORD_API_URL.*EMEND_DEVICE/);
    expect((error as Error).message).not.toContain("secret");
  }
});

describe("reply handles", () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startTestRedis("");
  });
  afterAll(() => redis.close());

  it("can be read by a bot with the same token only, and lie sealed in Redis", async () => {
    const connection = await redis.commands();
    const prefix = redis.prefix();
    const handles = new ReplyHandles(connection, prefix, TOKEN);
    await handles.save("t1", REPLY_TOKEN, Date.now());
    expect(await handles.find("t1")).toBe(REPLY_TOKEN);
    expect(await new ReplyHandles(connection, prefix, TOKEN).find("t1")).toBe(REPLY_TOKEN);
    expect(await new ReplyHandles(connection, prefix, "Another-Token").find("t1")).toBeUndefined();
    expect(await connection.get(`${prefix}:reply:t1`)).not.toContain(REPLY_TOKEN);
    const left = await connection.pttl(`${prefix}:reply:t1`);
    expect(left).toBeGreaterThan(14 * 60_000);
    expect(left).toBeLessThan(15 * 60_000);
    await handles.forget("t1");
    expect(await handles.find("t1")).toBeUndefined();
  });

  it("are not kept when they are too old already", async () => {
    const handles = new ReplyHandles(await redis.commands(), redis.prefix(), TOKEN);
    await handles.save("t1", REPLY_TOKEN, Date.now() - 15 * 60_000);
    expect(await handles.find("t1")).toBeUndefined();
  });
});
