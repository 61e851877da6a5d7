import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { type ZipEntry, zipFiles } from "../../src/conversation/export/zipFiles.ts";
import { unzip } from "./unzip.ts";

const contents = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 });

it("holds every file under its name, found from the end as unzip programs do", () => {
  fc.assert(
    fc.property(contents, (files) => {
      const entries = files.map((bytes, i): ZipEntry => ({ name: `ordner/größe ${i}.bin`, bytes }));
      const found = unzip(zipFiles(entries));
      expect([...found.keys()]).toEqual(entries.map(({ name }) => name));
      for (const { name, bytes } of entries) expect(found.get(name)).toEqual(Buffer.from(bytes as Uint8Array));
    }),
  );
});

it("gives the same bytes for the same files, whenever it is asked", () => {
  const entries = [{ name: "a.txt", bytes: "hello" }];
  vi.useFakeTimers({ now: new Date("2031-05-06") });
  const later = zipFiles(entries);
  vi.useRealTimers();
  expect(zipFiles(entries)).toEqual(later);
  expect(unzip(later).get("a.txt")?.toString()).toBe("hello");
});
