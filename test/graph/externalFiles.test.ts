import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Graph } from "../../gpu-worker/graph/Graph.ts";
import type { FileRange } from "../../gpu-worker/graph/Initializer.ts";
import { add } from "../../gpu-worker/graph/ops/arithmetic.ts";
import { Session } from "../../gpu-worker/graph/Session.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { folderWith } from "../checkpoint/files.ts";

/** Adds two numbers from a file to the input. */
async function sum(source: FileRange): Promise<number[]> {
  const graph = new Graph("cpu");
  graph.output("y", add(graph, graph.input("x", [2]), graph.initializer("w", [2], source)));
  const session = await Session.create(graph, { device: "cpu", threads: 1 });
  const { y } = await session.run({ x: Float32Array.of(1, 1) });
  await session.release();
  return [...y!.data];
}

const numbers = new Uint8Array(Float32Array.of(3, 4).buffer);

describe("weights that lie in a file", () => {
  it("are mapped from where they lie", async () => {
    const folder = folderWith({ "a.bin": numbers });
    expect(await sum({ file: join(folder, "a.bin"), offset: 0, length: 8 })).toEqual([4, 5]);
  });

  it.each<[string, (folder: string) => FileRange]>([
    [
      "by a link that was not resolved",
      (folder) => {
        mkdirSync(join(folder, "model"));
        symlinkSync("../a.bin", join(folder, "model/link.bin"));
        return { file: join(folder, "model/link.bin"), offset: 0, length: 8 };
      },
    ],
    ["beyond the end of the file", (folder) => ({ file: join(folder, "a.bin"), offset: 4, length: 8 })],
    ["before the file", (folder) => ({ file: join(folder, "a.bin"), offset: -8, length: 8 })],
    ["in no file", (folder) => ({ file: join(folder, "b.bin"), offset: 0, length: 8 })],
    [
      "in a file that became shorter",
      (folder) => {
        writeFileSync(join(folder, "a.bin"), numbers.subarray(0, 4));
        return { file: join(folder, "a.bin"), offset: 0, length: 8 };
      },
    ],
  ])("%s are refused, not read from elsewhere", async (_, source) => {
    await expect(sum(source(folderWith({ "a.bin": numbers })))).rejects.toBeInstanceOf(EmendError);
  });
});
