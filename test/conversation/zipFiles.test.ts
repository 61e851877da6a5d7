import { crc32 } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
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

it("has the bytes that the format asks for", () => {
  // As Python 3.11 writes it with zipfile, but for the UTF-8 flag, and the host and attributes in the directory: none here.
  const zip = zipFiles([{ name: "a.txt", bytes: "hello" }]);
  expect(crc32("hello")).toBe(0x3610a686);
  expect(zip.toString("hex")).toBe(
    [
      "504b0304 1400 0008 0000 0000 2100 86a61036 05000000 05000000 0500 0000",
      "612e747874 68656c6c6f",
      "504b0102 1400 1400 0008 0000 0000 2100 86a61036 05000000 05000000 0500 0000 0000 0000 0000 00000000 00000000",
      "612e747874",
      "504b0506 0000 0000 0100 0100 33000000 28000000 0000",
    ]
      .join("")
      .replaceAll(" ", ""),
  );
});
