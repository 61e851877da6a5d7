import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { derivedFile } from "../../gpu-worker/derived/derivedFile.ts";
import { removeStale } from "../../gpu-worker/derived/removeStale.ts";

let home: string;
let weights: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "emend-derived-"));
  weights = join(home, "weights");
});
afterEach(() => rmSync(home, { recursive: true }));

function checkpoint(name: string, content = name): string {
  const file = join(home, name);
  writeFileSync(file, content);
  return file;
}

/** A file of 100 bytes that is made from these. */
const derive = (name: string, ...sources: string[]) =>
  derivedFile({ sources, name, label: name, size: 100, folder: weights }, (handle) =>
    handle.writeFile(Buffer.alloc(100)),
  );

describe("removeStale", () => {
  it("removes what was made from files that are gone, and says how much that is", async () => {
    const [gone, left] = [checkpoint("gone"), checkpoint("left")];
    const files = [await derive("a", gone), await derive("b", gone, left), await derive("c", left)];
    rmSync(gone);
    expect(await removeStale(weights)).toBeGreaterThan(200);
    expect(files.map((file) => existsSync(file))).toEqual([false, false, true]);
    expect(await removeStale(weights)).toBe(0);
  });

  it("removes what was made from a file that has changed, while its new one stays", async () => {
    const file = checkpoint("model");
    const old = await derive("a", file);
    utimesSync(file, 1000, 1000);
    const made = await derive("a", file);
    await removeStale(weights);
    expect([existsSync(old), existsSync(made)]).toEqual([false, true]);
  });

  it("removes what was made from a derived file, too", async () => {
    const gone = checkpoint("gone");
    const copy = await derive("copy", gone);
    await derive("packed", copy);
    rmSync(gone);
    await removeStale(weights);
    expect(readdirSync(weights)).toEqual([]);
  });

  it("leaves alone what is not its own, and does without a folder", async () => {
    expect(await removeStale(weights)).toBe(0);
    mkdirSync(join(weights, "other"), { recursive: true });
    writeFileSync(join(weights, "other", "file"), "");
    mkdirSync(join(weights, "damaged"));
    writeFileSync(join(weights, "damaged", "sources.json"), "[{");
    expect(await removeStale(weights)).toBe(0);
    expect(readdirSync(weights).toSorted()).toEqual(["damaged", "other"]);
  });
});

describe("derivedFile", () => {
  it("is written once, and again when it was cut", async () => {
    const source = checkpoint("model");
    let times = 0;
    const make = () =>
      derivedFile({ sources: [source], name: "a", label: "a", size: 4, folder: weights }, async (handle) => {
        times++;
        await handle.writeFile("abcd");
      });
    const file = await make();
    expect(await make()).toBe(file);
    expect(times).toBe(1);
    writeFileSync(file, "ab");
    await make();
    expect(times).toBe(2);
    expect(readdirSync(dirname(file)).toSorted()).toEqual(["a", "sources.json"]);
  });
});
