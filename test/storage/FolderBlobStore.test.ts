import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FolderBlobStore } from "../../src/storage/FolderBlobStore.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "emend-blobs-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("gives back what was put, under its SHA-256", async () => {
  const store = new FolderBlobStore(folder);
  const name = await store.put(Buffer.from("abc"));
  expect(name).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(Buffer.from(await store.get(name)).toString()).toBe("abc");
  expect(await store.has(name)).toBe(true);
  await store.delete(name);
  await store.delete(name);
  expect(await store.has(name)).toBe(false);
  await expect(store.get(name)).rejects.toMatchObject({ code: "not_found" });
});

it("stores the same bytes once when many write them at the same time, and leaves nothing aside", async () => {
  const store = new FolderBlobStore(join(folder, "many"));
  const names = await Promise.all(Array.from({ length: 20 }, () => store.put(Buffer.alloc(100_000, 7))));
  expect(new Set(names).size).toBe(1);
  const files = (await readdir(join(folder, "many"), { recursive: true, withFileTypes: true })).filter((e) =>
    e.isFile(),
  );
  expect(files).toHaveLength(1);
});

it("notices a damaged blob", async () => {
  const store = new FolderBlobStore(folder);
  const name = await store.put(Buffer.from("precious"));
  await writeFile(join(folder, name.slice(0, 2), name), "spoiled!");
  await expect(store.get(name)).rejects.toMatchObject({ code: "internal" });
});

it.each(["", "../../etc/passwd", "A".repeat(64), `${"a".repeat(63)}/`])("refuses the name %j", async (name) => {
  const store = new FolderBlobStore(folder);
  await expect(store.get(name)).rejects.toMatchObject({ code: "not_found" });
  await expect(store.delete(name)).rejects.toMatchObject({ code: "not_found" });
});

it("forgets old blobs when it is told to", async () => {
  const store = new FolderBlobStore(join(folder, "passing"));
  const name = await store.put(Buffer.from("old"));
  await store.deleteOlderThan(60_000);
  expect(await store.has(name)).toBe(true);
  await store.deleteOlderThan(-1_000);
  expect(await store.has(name)).toBe(false);
});
