import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimDelivery } from "../../src/conversation/claimDelivery.ts";
import { PendingPictures } from "../../src/conversation/PendingPictures.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { newTurn } from "../conversation/newTurn.ts";
import { startTestRedis, type TestRedis } from "../queue/testRedis.ts";

describe.each([
  ["the Redis found", undefined],
  ["js-redis-server", ""],
])("over %s", (_, path) => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startTestRedis(path);
  });
  afterAll(() => redis.close());

  it("keeps a turn, and creates it once", async () => {
    const turns = new TurnStore(await redis.commands(), redis.prefix());
    const made = await Promise.all([1, 2, 3, 4].map(() => turns.create(newTurn("t1", { steps: 9, alpha: 0 }))));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await turns.get("t1")).toMatchObject({
      status: "made",
      steps: 9,
      alpha: 0,
      outcome: null,
      deliveredAt: null,
    });
    expect(await turns.open()).toEqual(["t1"]);
    await turns.change("t1", { status: "queued" });
    expect(await turns.get("t1")).toMatchObject({ status: "queued", instruction: "make it red" });
    expect(await turns.get("t2")).toBeUndefined();
  });

  it("finds a settled turn by the message that shows its result", async () => {
    const turns = new TurnStore(await redis.commands(), redis.prefix());
    await turns.create(newTurn("t1"));
    await turns.settle("t1", "555");
    expect(await turns.open()).toEqual([]);
    expect(await turns.byMessage("555")).toMatchObject({ id: "t1", resultMessage: "555" });
    expect(await turns.byMessage("556")).toBeUndefined();
  });

  it("gives the right to deliver to one caller at a time, and to nobody once it was delivered", async () => {
    const connection = await redis.commands();
    const prefix = redis.prefix();
    const turns = new TurnStore(connection, prefix);
    await turns.create(newTurn("t1"));
    const claim = () => claimDelivery(connection, prefix, turns, "t1");
    const first = (await Promise.all(Array.from({ length: 50 }, claim))).filter((each) => each !== undefined);
    expect(first).toHaveLength(1);
    expect(first[0]?.again).toBe(false);
    await first[0]?.release(); // it failed
    const second = await claim();
    expect(second?.again).toBe(true);
    await turns.settle("t1", "555");
    await second?.release();
    expect(await claim()).toBeUndefined();
    expect(await claimDelivery(connection, prefix, turns, "unknown")).toBeUndefined();
  });

  it("keeps what an open form is about", async () => {
    const pending = new PendingPictures(await redis.commands(), redis.prefix());
    await pending.save("9", { v: 1, owner: "1", message: "2", urls: ["https://cdn.discordapp.com/a.png"] });
    expect(await pending.find("9")).toMatchObject({ owner: "1", message: "2" });
    expect(await pending.find("8")).toBeUndefined();
  });

  it("refuses data of another layout", async () => {
    const connection = await redis.commands();
    const prefix = redis.prefix();
    const turns = new TurnStore(connection, prefix);
    await turns.checkSchema();
    await turns.checkSchema();
    await connection.set(`${prefix}:schema`, "7");
    await expect(turns.checkSchema()).rejects.toMatchObject({ code: "bad_usage" });
  });
});
