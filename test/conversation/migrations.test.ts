import { afterAll, beforeAll, expect, it } from "vitest";
import { encodeFields } from "../../src/conversation/fields.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { anOutcome } from "../bot/aTurn.ts";
import { startTestRedis, type TestRedis } from "../queue/testRedis.ts";
import { newTurn } from "./newTurn.ts";

let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.close());

/** A turn as emend wrote it before layout 2. */
function oldTurn(id: string, parent: string | null, requestedAt: number): Record<string, string> {
  const { tree: _, instructionMessage: __, ...turn } = newTurn(id, { parent, requestedAt, sourceMessage: "77" });
  const rest = { status: "done", outcome: anOutcome({ turnId: id }), resultMessage: `9${id}`, deliveredAt: 9 };
  return encodeFields({ v: 1, ...turn, ...rest });
}

it("makes trees of the turns of layout 1, and finds them by everything that finds new ones", async () => {
  const connection = await redis.commands();
  const prefix = redis.prefix();
  await connection.set(`${prefix}:schema`, "1");
  for (const [id, parent, time] of [
    ["1", null, 10],
    ["2", "1", 20],
    ["3", "2", 30],
    ["4", "2", 40],
    ["5", null, 50],
    ["6", "lost", 60],
  ] as const) {
    await connection.hset(`${prefix}:turn:${id}`, { ...oldTurn(id, parent, time), tries: "1" });
    await connection.set(`${prefix}:message:9${id}`, id);
  }
  await connection.hset(`${prefix}:turn:7`, { id: '"7"' }); // whose maker died
  const turns = new TurnStore(connection, prefix);
  await Promise.all([turns.checkSchema(), new TurnStore(connection, prefix).checkSchema()]);

  expect(await connection.get(`${prefix}:schema`)).toBe("2");
  expect(await turns.get("4")).toMatchObject({ v: 2, tree: "1", parent: "2", undoneAt: null, status: "done" });
  const tree = await turns.tree("1");
  expect(tree.first).toEqual(["1"]);
  expect([...tree.places.values()].map(({ children }) => children)).toEqual([["2"], ["3", "4"], [], []]);
  expect((await turns.get("6"))?.tree).toBe("6");
  expect(await turns.byAuthor("1")).toEqual(["6", "5", "4", "3", "2", "1"]);
  expect(await turns.treesBefore("2", 45)).toEqual(["1"]);
  expect((await turns.byMessage("93"))?.id).toBe("3");
  expect((await turns.bySource("77"))?.tree).toMatch(/^[15]$/);
  expect(await turns.get("7")).toBeUndefined();

  // Broken off and done again: the same.
  await connection.set(`${prefix}:schema`, "1");
  await turns.checkSchema();
  expect([...(await turns.tree("1")).places.keys()]).toEqual(["1", "2", "3", "4"]);
});

it("leaves data of a newer emend alone", async () => {
  const connection = await redis.commands();
  const prefix = redis.prefix();
  await connection.set(`${prefix}:schema`, "3");
  await expect(new TurnStore(connection, prefix).checkSchema()).rejects.toMatchObject({ code: "bad_usage" });
  expect(await connection.get(`${prefix}:schema`)).toBe("3");
});
