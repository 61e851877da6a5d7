import { afterAll, beforeAll, expect, it } from "vitest";
import { GuildSettingsStore } from "../../src/settings/GuildSettingsStore.ts";
import { startTestRedis, type TestRedis } from "../queue/testRedis.ts";

let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.close());

it("has defaults until a server decides, and keeps what it decided for that server only", async () => {
  const settings = new GuildSettingsStore(await redis.commands(), redis.prefix());
  expect((await settings.get("1")).retentionDays).toBe(180);
  await settings.change("1", { retentionDays: 7 });
  expect((await settings.get("1")).retentionDays).toBe(7);
  expect((await settings.get("2")).retentionDays).toBe(180);
  expect((await settings.get(null)).retentionDays).toBe(180);
});

it("takes no value out of its range, and changes nothing then", async () => {
  const settings = new GuildSettingsStore(await redis.commands(), redis.prefix());
  await settings.change("1", { retentionDays: 7 });
  for (const retentionDays of [0, -1, 1.5, 4_000, Number.NaN]) {
    await expect(settings.change("1", { retentionDays })).rejects.toThrow();
  }
  expect((await settings.get("1")).retentionDays).toBe(7);
});
