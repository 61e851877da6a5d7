import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { RetentionSweep } from "../../src/conversation/RetentionSweep.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { createLog } from "../../src/log/createLog.ts";
import { GuildSettingsStore } from "../../src/settings/GuildSettingsStore.ts";
import { FolderBlobStore } from "../../src/storage/FolderBlobStore.ts";
import { startTestRedis, type TestRedis } from "../queue/testRedis.ts";
import { newTurn } from "./newTurn.ts";

const DAY_MS = 86_400_000;

let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.close());

async function world() {
  const connection = await redis.commands();
  const prefix = redis.prefix();
  const turns = new TurnStore(connection, prefix);
  const blobs = new FolderBlobStore(join(redis.home, prefix));
  const settings = new GuildSettingsStore(connection, prefix);
  const log = createLog({ level: "silent", secrets: [] });
  const put = async (text: string) => {
    const bytes = Buffer.from(text);
    return { sha256: await blobs.put(bytes), width: 4, height: 3, bytes: bytes.length };
  };
  return { turns, blobs, settings, put, sweep: new RetentionSweep({ turns, blobs, settings, log }) };
}

it("deletes trees whose last turn is older than their server keeps them, with their pictures, and no others", async () => {
  const { turns, blobs, settings, put, sweep } = await world();
  await settings.change("7", { retentionDays: 10 });
  const source = await put("old");
  await turns.create(newTurn("old", { guild: "7", requestedAt: 1 * DAY_MS, source }));
  await turns.create(newTurn("old-too", { guild: "7", parent: "old", tree: "old", requestedAt: 2 * DAY_MS, source }));
  await turns.create(newTurn("used", { guild: "7", requestedAt: 1 * DAY_MS, source: await put("used") }));
  await turns.create(newTurn("newer", { guild: "7", parent: "used", tree: "used", requestedAt: 5 * DAY_MS }));
  await turns.create(newTurn("elsewhere", { guild: "8", requestedAt: 1 * DAY_MS }));
  await turns.create(newTurn("direct", { guild: null, requestedAt: 1 * DAY_MS }));
  await sweep.run(12.5 * DAY_MS);

  const kept = ["old", "old-too", "used", "newer", "elsewhere", "direct"];
  const found = await Promise.all(kept.map((id) => turns.get(id)));
  expect(found.map((turn) => turn?.id)).toEqual([undefined, undefined, "used", "newer", "elsewhere", "direct"]);
  expect(await blobs.has(source.sha256)).toBe(false);

  await sweep.run(190 * DAY_MS); // the default is 180 days
  expect(await turns.guilds()).toEqual([]);
});

it("keeps a picture that a younger tree needs, too", async () => {
  const { turns, blobs, settings, put, sweep } = await world();
  await settings.change("7", { retentionDays: 10 });
  const source = await put("posted twice");
  await turns.create(newTurn("old", { guild: "7", requestedAt: 1 * DAY_MS, source }));
  await turns.create(newTurn("young", { guild: "7", requestedAt: 9 * DAY_MS, source }));
  await sweep.run(12 * DAY_MS);
  expect(await turns.get("old")).toBeUndefined();
  expect(await blobs.has(source.sha256)).toBe(true);
});
