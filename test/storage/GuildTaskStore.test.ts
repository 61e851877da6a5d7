import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Example } from "../../src/learning/Example.ts";
import type { GuildTask } from "../../src/learning/GuildTask.ts";
import { GuildTaskStore } from "../../src/learning/GuildTaskStore.ts";
import { TaskFiles } from "../../src/learning/TaskFiles.ts";
import { TrainingStore } from "../../src/learning/TrainingStore.ts";
import { startTestRedis, type TestRedis } from "../queue/testRedis.ts";

const aTask = (id: string, name: string, change: Partial<GuildTask> = {}): GuildTask => ({
  ...{ v: 1, id, guild: "9", name, description: "", author: "1", createdAt: 1, state: "draft" },
  ...{ training: null, learned: null, ...change },
});
const learned = (fileName: string) => ({
  ...{ sha256: "a".repeat(64), bytes: 9, fileName, checkpoint: "b".repeat(64), model: "mini", steps: 3 },
  ...{ losses: [] as [number, number][], milliseconds: 5, sheet: null, curve: null },
});

describe.each([
  ["the Redis found", undefined],
  ["js-redis-server", ""],
])("over %s", (_, path) => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startTestRedis(path);
  });
  afterAll(() => redis.close());
  const open = async () => {
    const prefix = redis.prefix();
    const files = new TaskFiles(join(redis.home, prefix));
    return new GuildTaskStore(await redis.commands(), prefix, files);
  };

  it("gives a name to one task of a server, whoever asks at the same time, and to others elsewhere", async () => {
    const store = await open();
    const makes = ["Dots", "dots", "DOTS"].map((name, i) => store.create(aTask(`t${i}`, name)));
    const results = await Promise.allSettled(makes);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ fault: { kind: "name-taken" } });
    }
    await store.create(aTask("t9", "dots", { guild: "10" }));
    expect((await store.list("10")).map(({ id }) => id)).toEqual(["t9"]);
    expect(await store.list("9")).toHaveLength(1);
  });

  it("loses no change of many at the same time", async () => {
    const store = await open();
    await store.create(aTask("t1", "dots"));
    const add = (letter: string) =>
      store.update("t1", (task) => ({ ...task, description: [...task.description, letter].sort().join("") }));
    await Promise.all([..."abcd"].map(add));
    expect((await store.get("t1"))?.description).toBe("abcd");
    await expect(store.update("t2", (task) => task)).rejects.toMatchObject({ fault: { kind: "gone" } });
  });

  it("keeps the name of a learned file when its task is renamed, and frees it when that is discarded", async () => {
    const store = await open();
    await store.create(aTask("t1", "dots", { state: "learned", learned: learned("dots") }));
    const renamed = await store.rename((await store.get("t1"))!, "spots");
    await expect(store.create(aTask("t2", "Dots"))).rejects.toMatchObject({ fault: { kind: "name-taken" } });
    const back = await store.rename(renamed, "dots");
    await store.create(aTask("t2", "spots"));
    await store.delete({ id: "t2", guild: "9" });
    await store.discard(await store.rename(back, "spots"));
    await store.create(aTask("t2", "dots"));
    expect((await store.list("9")).map(({ id, name }) => [id, name])).toEqual([
      ["t2", "dots"],
      ["t1", "spots"],
    ]);
  });

  it("offers published tasks only, under the name that the server uses", async () => {
    const store = await open();
    await store.create(aTask("t1", "dots", { state: "learned", learned: learned("dots") }));
    await store.create(aTask("t2", "hats", { state: "published", learned: learned("caps") }));
    expect(await store.published("9")).toEqual([{ id: "t2", name: "hats", fileName: "caps", sha256: "a".repeat(64) }]);
    expect(await store.published("10")).toEqual([]);
    expect(await store.published(null)).toEqual([]);
  });

  it("takes examples up to the limit, all or none, and deletes pictures with the last example that shows them", async () => {
    const store = await open();
    await store.create(aTask("t1", "dots"));
    const blobs = store.files.of("t1");
    const picture = async (text: string) => {
      const bytes = Buffer.from(text);
      return { sha256: await blobs.put(bytes), width: 1, height: 1, bytes: bytes.length };
    };
    const [a, b, c] = [await picture("a"), await picture("b"), await picture("c")];
    const pair = (before: typeof a, after: typeof a): Example => ({
      ...{ v: 1, before, after, instruction: "x", author: "1", addedAt: 1 },
    });
    await store.addExamples("t1", [pair(a, b), pair(a, c)]);
    await store.removeExamples("t1", [pair(a, b)]);
    expect([await blobs.has(a.sha256), await blobs.has(b.sha256), await blobs.has(c.sha256)]).toEqual([
      true,
      false,
      true,
    ]);
    await store.addExamples(
      "t1",
      Array.from({ length: 98 }, () => pair(a, c)),
    );
    const tooMany = store.addExamples("t1", [pair(a, c), pair(a, c)]);
    await expect(tooMany).rejects.toMatchObject({ fault: { kind: "too-many-examples", most: 100, have: 99 } });
    expect(await store.countExamples("t1")).toBe(99);
    await expect(store.addExamples("t2", [pair(a, c)])).rejects.toMatchObject({ fault: { kind: "gone" } });
  });

  it("deletes the task's own folder and nothing beside it", async () => {
    const store = await open();
    await store.create(aTask("t1", "dots"));
    await store.create(aTask("t2", "hats"));
    const sha256 = await store.files.of("t1").put(Buffer.from("same"));
    await store.files.of("t2").put(Buffer.from("same"));
    await store.delete({ id: "t1", guild: "9" });
    expect(await store.files.of("t1").has(sha256)).toBe(false);
    expect(await store.files.of("t2").has(sha256)).toBe(true);
    await mkdir(join(redis.home, "precious"), { recursive: true });
    await writeFile(join(redis.home, "precious", "x"), "");
    for (const id of ["../precious", "..", "", "a/b"]) await expect(store.files.deleteAll(id)).rejects.toThrow();
    expect(await readdir(join(redis.home, "precious"))).toEqual(["x"]);
  });

  it("keeps checkpoints as they are, and who tells an end tells it alone", async () => {
    const trainings = new TrainingStore(await redis.commands(), redis.prefix());
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    await trainings.begin("7", "t1");
    await trainings.saveCheckpoint("7", bytes);
    expect(Buffer.compare(Buffer.from((await trainings.checkpoint("7"))!), bytes)).toBe(0);
    const claims = await Promise.all([1, 2, 3].map(() => trainings.claim("7")));
    expect(claims.filter(Boolean)).toHaveLength(1);
    await claims.find(Boolean)?.();
    expect(await trainings.claim("7")).toBeDefined();
    await trainings.settle("7");
    expect([await trainings.open(), await trainings.checkpoint("7")]).toEqual([[], undefined]);
  });
});
