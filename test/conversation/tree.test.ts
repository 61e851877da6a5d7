import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { branchesOf } from "../../src/conversation/branchesOf.ts";
import { currentOf } from "../../src/conversation/currentOf.ts";
import { forgetTree } from "../../src/conversation/forgetTree.ts";
import { forgetTurn } from "../../src/conversation/forgetTurn.ts";
import { pathTo } from "../../src/conversation/pathTo.ts";
import { type Place, plantTree, type Tree } from "../../src/conversation/Tree.ts";
import { TurnStore } from "../../src/conversation/TurnStore.ts";
import { FolderBlobStore } from "../../src/storage/FolderBlobStore.ts";
import { anOutcome, aTurn } from "../bot/aTurn.ts";
import { startTestRedis, type TestRedis } from "../queue/testRedis.ts";
import { newTurn } from "./newTurn.ts";

let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.close());

/** The parent of each turn, as the index of an older one; undefined: the picture from outside. */
const shapes = fc
  .array(fc.option(fc.nat(), { nil: undefined }), { minLength: 1, maxLength: 12 })
  .map((picks) => picks.map((pick, i) => (pick === undefined || i === 0 ? undefined : pick % i)));

const idOf = (index: number | undefined) => (index === undefined ? null : `t${index}`);

function planted(parents: readonly (number | undefined)[], undone: readonly boolean[] = []): Tree {
  const places = parents.map((parent, i) => {
    const turn = aTurn({ id: `t${i}`, parent: idOf(parent), outcome: anOutcome(), undoneAt: undone[i] ? 1 : null });
    return { id: turn.id, parent: turn.parent, turn };
  });
  return plantTree("t0", places);
}

const ids = (places: readonly Place[]) => places.map(({ id }) => id);

it("leads to every turn by a path on which each turn continues the one before", () => {
  fc.assert(
    fc.property(shapes, (parents) => {
      const tree = planted(parents);
      for (const { id } of tree.places.values()) {
        const path = pathTo(tree, id);
        expect(path.at(-1)?.id).toBe(id);
        expect(tree.first).toContain(path[0]?.id);
        for (const [i, place] of path.entries()) expect(place.parent).toBe(path[i - 1]?.id ?? null);
      }
      expect(pathTo(tree, "of another tree")).toEqual([]);
    }),
  );
});

it("is made of branches that end where nothing goes on, and together have every turn", () => {
  fc.assert(
    fc.property(shapes, (parents) => {
      const tree = planted(parents);
      const branches = branchesOf(tree);
      expect(new Set(branches.flatMap(ids))).toEqual(new Set(tree.places.keys()));
      const ends = branches.map((branch) => branch.at(-1)?.id);
      expect(new Set(ends).size).toBe(ends.length);
      for (const end of ends) expect(parents.map(idOf)).not.toContain(end);
    }),
  );
});

it("has as a branch's current picture the last result that was not undone, else the picture from outside", () => {
  fc.assert(
    fc.property(shapes, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (parents, undone) => {
      const tree = planted(parents, undone);
      for (const { id } of tree.places.values()) {
        const path = pathTo(tree, id);
        const current = currentOf(tree, id);
        const after = path.slice(current ? ids(path).indexOf(current.id) + 1 : 0);
        expect(current?.undoneAt ?? null).toBeNull();
        expect(after.every(({ turn }) => turn?.undoneAt === 1)).toBe(true);
      }
    }),
  );
});

it("loses what is deleted and nothing else, whatever is deleted in whatever order", async () => {
  const connection = await redis.commands();
  await fc.assert(
    fc.asyncProperty(shapes, fc.infiniteStream(fc.nat()), async (parents, picks) => {
      const prefix = redis.prefix();
      const turns = new TurnStore(connection, prefix);
      const blobs = new FolderBlobStore(join(redis.home, prefix));
      const put = async (text: string) => {
        const bytes = Buffer.from(text);
        return { sha256: await blobs.put(bytes), width: 4, height: 3, bytes: bytes.length };
      };
      const source = await put("the picture from outside");
      const results = await Promise.all(parents.map((_, i) => put(`result ${i}`)));
      for (const [i, parent] of parents.entries()) {
        const from = parent === undefined ? source : results[parent]!;
        const place = { parent: idOf(parent), tree: "t0", requestedAt: i };
        await turns.create(newTurn(`t${i}`, { ...place, source: from }));
        await turns.change(`t${i}`, { status: "done", outcome: anOutcome({ picture: results[i]!, before: from }) });
        await turns.settle(`t${i}`, `9${i}`);
      }
      const alive = new Set(parents.keys());
      while (alive.size > 0) {
        const index = [...alive][picks.next().value % alive.size]!;
        alive.delete(index);
        const turn = await turns.get(`t${index}`);
        if (!turn) throw new Error("gone too early");
        await forgetTurn(turn, turns, blobs);

        const tree = await turns.tree("t0");
        const kept = [...tree.places.values()].filter((place) => place.turn).map(({ id }) => id);
        expect(kept).toEqual([...alive].map(idOf));
        for (const i of alive) {
          // Whatever is left still hangs where it hung.
          const above = pathTo(tree, `t${i}`).map(({ id }) => id);
          const expected: string[] = [];
          for (let at: number | undefined = i; at !== undefined; at = parents[at]) expected.unshift(`t${at}`);
          expect(above).toEqual(expected);
          // And what it needs is there.
          expect(await blobs.has(results[i]!.sha256)).toBe(true);
          expect(await blobs.has((parents[i] === undefined ? source : results[parents[i]]!).sha256)).toBe(true);
        }
        for (const branch of branchesOf(tree)) expect(branch.at(-1)?.turn).toBeDefined(); // no empty place at an end
        expect(await turns.byMessage(`9${index}`)).toBeUndefined();
      }
      for (const { sha256 } of [source, ...results]) expect(await blobs.has(sha256)).toBe(false);
      expect(await connection.keys(`${prefix}:*`)).toEqual([]);
    }),
    { numRuns: 25 },
  );
}, 120_000);

it("goes as a whole, with its pictures", async () => {
  const connection = await redis.commands();
  const prefix = redis.prefix();
  const turns = new TurnStore(connection, prefix);
  const blobs = new FolderBlobStore(join(redis.home, prefix));
  await turns.create(newTurn("a", { requestedAt: 5 }));
  await turns.create(newTurn("b", { parent: "a", tree: "a", requestedAt: 6 }));
  await turns.create(newTurn("c", { requestedAt: 7 }));
  expect(await turns.guilds()).toEqual(["2"]);
  expect(await turns.treesBefore("2", 6)).toEqual([]); // its newest turn counts
  expect(await turns.treesBefore("2", 7)).toEqual(["a"]);
  expect(await forgetTree("a", turns, blobs)).toBe(2);
  expect(await turns.treesBefore("2", 99)).toEqual(["c"]);
  expect((await turns.tree("a")).places.size).toBe(0);
  expect(await turns.byAuthor("1")).toEqual(["c"]);
});

it("holds of a deleted turn that others continue nothing that anybody wrote, made or is", async () => {
  const connection = await redis.commands();
  const prefix = redis.prefix();
  const turns = new TurnStore(connection, prefix);
  await turns.create(newTurn("a", { requestedAt: 5 }));
  await turns.create(newTurn("b", { parent: "a", tree: "a", requestedAt: 6 }));
  const a = await turns.get("a");
  if (!a) throw new Error("no turn");
  await turns.delete(a);
  expect(await connection.hgetall(`${prefix}:turn:a`)).toEqual({ id: '"a"', parent: "null", tree: '"a"' });
  expect(await turns.get("a")).toBeUndefined();
  expect(await turns.create(newTurn("a"))).toBe(false); // a replay does not bring it back
});
