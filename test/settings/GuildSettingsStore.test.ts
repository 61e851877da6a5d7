import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { defaultSettings } from "../../src/settings/GuildSettings.ts";
import { GuildSettingsStore } from "../../src/settings/GuildSettingsStore.ts";
import { startTestRedis, type TestRedis } from "../queue/testRedis.ts";

let redis: TestRedis;
let prefix: string;
let store: GuildSettingsStore;
beforeAll(async () => {
  redis = await startTestRedis();
});
beforeEach(async () => {
  prefix = redis.prefix();
  store = new GuildSettingsStore(await redis.commands(), prefix);
});
afterAll(() => redis.close());

it("gives the defaults to a server that has set nothing, and outside servers", async () => {
  expect(await store.get("1")).toEqual(defaultSettings);
  expect(await store.get(null)).toEqual(defaultSettings);
});

it("keeps what is set per server, field by field, null included", async () => {
  await Promise.all([store.change("1", { steps: 8 }), store.change("1", { editsPerDay: null, language: "de" })]);
  await store.change("2", { steps: 9 });
  expect(await store.get("1")).toEqual({ ...defaultSettings, steps: 8, editsPerDay: null, language: "de" });
  expect((await store.get("2")).steps).toBe(9);
});

it("resets one, or all", async () => {
  await store.change("1", { steps: 8, allowedRoles: ["7"] });
  await store.reset("1", "steps");
  expect(await store.get("1")).toEqual({ ...defaultSettings, allowedRoles: ["7"] });
  await store.reset("1");
  expect(await (await redis.commands()).keys(`${prefix}:*`)).toEqual([]);
});

it("refuses values out of range, and changes nothing then", async () => {
  await expect(store.change("1", { steps: 0, alpha: 0.5 })).rejects.toThrow();
  await expect(store.change("1", { allowedChannels: ["everywhere"] })).rejects.toThrow();
  expect(await store.get("1")).toEqual(defaultSettings);
});

it("takes a stored value that does not fit for not set, and leaves settings of a newer layout alone", async () => {
  const key = `${prefix}:settings:1`;
  const client = await redis.commands();
  await client.hset(key, { v: "1", steps: "a lot", alpha: "0.25", waitingPerMember: "-1" });
  expect(await store.get("1")).toEqual({ ...defaultSettings, alpha: 0.25 });
  await client.hset(key, { v: "2" });
  await expect(store.get("1")).rejects.toMatchObject({ code: "bad_usage" });
  await expect(store.change("1", { steps: 3 })).rejects.toMatchObject({ code: "bad_usage" });
});
