import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extract } from "tar-stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { samplePair } from "../../world/index.ts";
import { writeShards } from "../../world/write/writeShards.ts";

const root = join(import.meta.dirname, "..", "..");
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "emend-world-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function entriesOf(path: string): Promise<Map<string, Buffer>> {
  const entries = new Map<string, Buffer>();
  const parser = extract();
  parser.end(readFileSync(path));
  for await (const entry of parser) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    entries.set(entry.header.name, Buffer.concat(chunks));
  }
  return entries;
}

const emend = (...args: string[]) =>
  spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", join(root, "cli", "main.ts"), ...args], {
    encoding: "utf8",
  });

describe("world write", () => {
  it("writes shards whose samples are the pairs of their seeds", async () => {
    const out = join(folder, "shards");
    await writeShards(out, 3, { split: "train", size: 32, seed: 40, start: 1, count: 5 });
    expect(readdirSync(out)).toEqual(["train-000000.tar", "train-000001.tar"]);
    const entries = await entriesOf(join(out, "train-000001.tar"));
    expect([...entries.keys()]).toEqual(
      [3, 4, 5].flatMap((i) => [`train-00000000${i}.pair.npy`, `train-00000000${i}.json`]),
    );
    const pair = samplePair(43, { split: "train", size: 32 });
    const npy = entries.get("train-000000003.pair.npy") as Buffer;
    const head = npy.subarray(10, 10 + npy.readUInt16LE(8)).toString("latin1");
    expect(head).toContain("'descr': '|u1', 'fortran_order': False, 'shape': (2, 32, 32, 3)");
    expect((10 + head.length) % 64).toBe(0);
    const pixels = npy.subarray(10 + head.length);
    expect(Buffer.compare(pixels, Buffer.concat([pair.source.data, pair.target.data]))).toBe(0);
    expect(JSON.parse((entries.get("train-000000003.json") as Buffer).toString())).toEqual({
      task: pair.task,
      instructions: pair.instructions,
      sourceCaption: pair.sourceCaption,
      targetCaption: pair.targetCaption,
      seed: 43,
    });
  });

  it("streams a tar and ends quietly when the reader goes away", async () => {
    const child = spawn(
      process.execPath,
      [
        "--disable-warning=ExperimentalWarning",
        join(root, "cli", "main.ts"),
        "world",
        "write",
        "--out",
        "-",
        "--size",
        "32",
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    const first = await new Promise<Buffer>((resolve) => child.stdout.once("data", resolve));
    expect(first.subarray(257, 262).toString()).toBe("ustar");
    child.stdout.destroy();
    expect(await new Promise((resolve) => child.on("exit", resolve))).toBe(0);
    expect(said).toBe("");
  });

  it.each([
    [["write", "--out", "x", "--count", "many"], "--count must be a whole number"],
    [["write", "--out", "x"], "--count is needed"],
    [["preview", "--out", "x.png", "--task", "nonsense"], "--task must be all or one of"],
    [["scene", "--out", "/dev/null/x.png"], "cannot write"],
    [["scene", "--out", "x.png", "--example", "toString"], "--example must be one of"],
  ])("refuses %j in one line", (args, message) => {
    const { status, stderr } = emend("world", ...args);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(status).toBe(2);
  });
});
