import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodePicture } from "../../gpu-worker/image/decodePicture.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { taskNames } from "../../src/queue/tasks.ts";
import { isHeldOut, sampleUnseenPair, type UnseenTaskName, unseenPairs, unseenTaskNames } from "../../world/index.ts";
import type { EditPair } from "../../world/pairOf.ts";
import { coarse } from "../../world/unseen/coarse.ts";
import { unseenTaskOf } from "../../world/unseen/index.ts";
import { outline } from "../../world/unseen/outline.ts";
import { writeExamples } from "../../world/write/writeExamples.ts";

const size = 64;
const train = (task: UnseenTaskName, count: number): EditPair<UnseenTaskName>[] =>
  Array.from({ length: count }, (_, seed) => sampleUnseenPair(seed, { split: "train", size, task }));
const samePixels = (a: Picture, b: Picture) => Buffer.compare(a.data, b.data) === 0;

/** How many separate red discs there are: runs of red in the row of their centres. */
function redDots({ width, data }: Picture): number {
  const row = Math.floor(5.5);
  let [dots, inside] = [0, false];
  for (let x = 0; x < width; x++) {
    const at = (row * width + x) * 3;
    const red = data[at] === 255 && data[at + 1] === 0 && data[at + 2] === 0;
    if (red && !inside) dots++;
    inside = red;
  }
  return dots;
}

describe.each(unseenTaskNames)("the unseen task %s", (task) => {
  const pairs = train(task, 40);
  const heldOut = [...unseenPairs({ task, size, limit: 20 })];

  it("is none of the sixteen", () => expect(taskNames).not.toContain(task));

  it("gives the same pair for a seed, at every size", () => {
    const [again] = train(task, 1);
    expect(again).toEqual(pairs[0]);
    const large = sampleUnseenPair(0, { split: "train", size: 96, task });
    expect(large.instructions).toEqual(again?.instructions);
    expect(large.source.width).toBe(96);
  });

  it("holds compositions out of the examples, and tests by them", () => {
    expect(pairs.filter((pair) => pair.compositions.some(isHeldOut))).toEqual([]);
    expect(heldOut.filter((pair) => !pair.compositions.some(isHeldOut))).toEqual([]);
  });

  it("changes something, and is worded in many ways", () => {
    for (const pair of [...pairs, ...heldOut]) {
      expect(pair.mask).toContain(1);
      expect(pair.instructions.length).toBeGreaterThanOrEqual(4);
      expect(pair.instructions.join().replaceAll(":)", "")).not.toMatch(/[<>()|]|undefined/);
    }
    expect(new Set(pairs.map((pair) => pair.instruction.toLowerCase())).size).toBeGreaterThan(15);
    expect(unseenTaskOf(task).name).toBe(task);
  });
});

describe("the answers are exact", () => {
  it("super-resolution undoes a quarter of the resolution", () => {
    for (const { source, target } of train("super-resolution", 5)) {
      expect(samePixels(source, coarse(target, 4))).toBe(true);
    }
    const flat = { width: 10, height: 6, data: new Uint8Array(180).fill(77) };
    expect(coarse(flat, 4)).toEqual(flat);
  });

  it("inpainting changes a grey box, and nothing outside it", () => {
    for (const { source, mask } of train("inpainting", 20)) {
      mask.forEach((changed, i) => {
        if (changed) expect([...source.data.subarray(i * 3, i * 3 + 3)]).toEqual([128, 128, 128]);
      });
    }
  });

  it("mirror puts every pixel on the other side", () => {
    for (const { source, target } of train("mirror", 5)) {
      for (let y = 0; y < size; y += 7) {
        for (let x = 0; x < size; x++) {
          const [from, to] = [(y * size + x) * 3, (y * size + size - 1 - x) * 3];
          expect([...target.data.subarray(to, to + 3)]).toEqual([...source.data.subarray(from, from + 3)]);
        }
      }
    }
  });

  it("count has a dot for each thing: numbers of several kinds, as the caption says", () => {
    const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];
    const numbers = train("count", 60).map((pair) => {
      const dots = redDots(pair.target);
      expect(pair.targetCaption).toContain(`with ${words[dots]} red dot`);
      return dots;
    });
    expect(new Set(numbers).size).toBeGreaterThanOrEqual(4);
  });

  it("a contour is a line of the mark's colour around the shape, and leaves its inside", () => {
    const shape = Uint8Array.from("0000001110011100111000000", Number); // 3 × 3 in 5 × 5, all but a ring
    expect([...outline(shape, 5, 5, 1)].join("")).toBe([...shape].map((on, i) => (i === 12 ? 0 : on)).join(""));
    for (const pair of train("contour", 20)) {
      const colors = new Set<string>();
      pair.mask.forEach((changed, i) => {
        if (changed) colors.add([...pair.target.data.subarray(i * 3, i * 3 + 3)].join());
      });
      expect(colors.size).toBe(1);
    }
  });

  it("add-detect frames what it adds", () => {
    for (const pair of train("add-detect", 10)) {
      expect(pair.targetCaption).toMatch(/, with an? \w+ box around the /);
      expect(pair.compositions.some((key) => key.startsWith("add:"))).toBe(true);
    }
  });
});

describe("examples to learn from", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "emend-examples-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are pictures and a line for each, which are the pairs of their seeds", async () => {
    const path = await writeExamples(join(folder, "mirror"), { task: "mirror", count: 3, seed: 5, size: 32 });
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    for (const [i, line] of lines.entries()) {
      const { input, output, instruction } = JSON.parse(line);
      const pair = sampleUnseenPair(5 + i, { split: "train", size: 32, task: "mirror" });
      expect(instruction).toBe(pair.instruction);
      for (const [file, picture] of [
        [input, pair.source],
        [output, pair.target],
      ] as const) {
        const limits = { maxBytes: 1e6, maxPixels: 1e6 };
        const decoded = await decodePicture(readFileSync(join(folder, "mirror", file)), limits);
        expect(samePixels(decoded, picture)).toBe(true);
      }
    }
  });

  const emend = (...args: string[]) =>
    spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", main, "world", ...args], {
      encoding: "utf8",
    });
  const main = join(import.meta.dirname, "..", "..", "cli", "main.ts");

  it("come from a command; write and preview know the tasks too", () => {
    const out = (name: string) => join(folder, name);
    expect(emend("examples", "--task", "count", "--count", "2", "--size", "32", "--out", out("count")).status).toBe(0);
    expect(readdirSync(out("count")).toSorted()).toEqual([
      ...["000-input.png", "000-output.png", "001-input.png", "001-output.png", "examples.jsonl"],
    ]);
    expect(emend("write", "--task", "inpainting", "--count", "2", "--size", "32", "--out", out("w")).status).toBe(0);
    expect(readFileSync(join(out("w"), "train-000000.tar"), "latin1")).toContain('"task":"inpainting"');
    const sheet = ["--each", "1", "--size", "32", "--out", out("sheet.png")];
    expect(emend("preview", "--task", "unseen", ...sheet).status).toBe(0);
    expect(existsSync(out("sheet.png"))).toBe(true);
  });

  it.each([
    ["examples", "--task", "dance", "--out", "x"],
    ["examples", "--task", "count", "--count", "101", "--out", "x"],
    ["examples", "--task", "count", "--out", "/dev/null/x"],
    ["write", "--task", "unseen", "--count", "1", "--out", "x"],
  ])("are refused in one line: %s %s %s %s %s", (...args) => {
    const { status, stderr } = emend(...args.filter((arg) => arg !== undefined));
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(status).toBe(2);
  });
});
