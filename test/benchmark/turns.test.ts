import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { jackknife } from "../../benchmark/turns/jackknife.ts";
import { perceptualDistance } from "../../benchmark/turns/perceptualDistance.ts";
import { runTurnsBench, type TurnsBenchOptions } from "../../benchmark/turns/runTurnsBench.ts";
import type { TurnModel } from "../../benchmark/turns/TurnModel.ts";
import type { TurnsData } from "../../benchmark/turns/TurnsData.ts";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { resizePicture } from "../../gpu-worker/image/resizePicture.ts";
import { Random, renderScene, sampleScene, sampleTurns } from "../../world/index.ts";
import { tinyModel } from "../engine/support.ts";
import { randomNumbers } from "../image/randomNumbers.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "emend-turns-test-"));
  vi.spyOn(console, "log").mockReturnValue();
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** Knows the exact answers, and changes every value by up to `drift` levels besides. */
function perfectModel(drift: number, onAnswer: (asked: number) => void = () => {}) {
  const next = randomNumbers(1);
  const asked: string[] = [];
  const small = (picture: Picture) => resizePicture(picture, { width: 32, height: 32 });
  const openModel = async (): Promise<TurnModel> => ({
    name: "perfect",
    device: "cpu",
    async answer(picture, instruction, _task, seed) {
      asked.push(instruction);
      onAnswer(asked.length);
      const [scene, turn] = [Math.floor(seed / 1000), seed % 1000];
      const exact = await small(renderScene(sampleTurns(scene, turn + 1).turns[turn]!.scene, 128, 128));
      const output = {
        ...exact,
        data: exact.data.map((value) => Math.min(Math.max(value + drift * (2 * next() - 1), 0), 255)),
      };
      return { input: await small(picture), output };
    },
    async close() {},
  });
  return { asked, openModel, time: async () => [] };
}

const run = (options: Partial<TurnsBenchOptions>, tools = perfectModel(0), signal?: AbortSignal) =>
  runTurnsBench(
    {
      ...{ scenes: 2, turns: 3, alphas: [0, 0.03, 0.5], size: 128, model: tinyModel },
      ...{ work: join(folder, "work"), out: join(folder, "out") },
      ...options,
    },
    signal,
    tools,
  );
const numbers = (): TurnsData => JSON.parse(readFileSync(join(folder, "out/numbers/turns.json"), "utf8")).data;

describe("emend bench turns", { timeout: 60_000 }, () => {
  it("writes a page with its plot, and sees what thresholding does to a model that drifts", async () => {
    await run({}, perfectModel(3));
    expect(readdirSync(join(folder, "out")).toSorted()).toEqual(["numbers", "turns.md", "turns.svg"]);
    const page = readFileSync(join(folder, "out/turns.md"), "utf8");
    expect(page).toContain("| Gaussian σ 1 |");
    expect(page).toContain("| bicubic, everywhere |");
    expect(page).toContain("npx emend bench turns --scenes 2 --turns 3 --size 128 --alphas 0,0.03,0.5");
    expect(page).toMatch(/\| style \| 100.0 % \| 100.0 % \| 100.0 % \|/);
    const [none, some, much] = numbers().summary;
    expect(none!.farIdentical).toBeLessThan(0.6);
    expect(some!.farIdentical).toBeGreaterThan(0.9);
    expect(some!.exactL1).toBeLessThan(none!.exactL1);
    expect(some!.chained).toBeGreaterThan(much!.chained);
  });

  it("finds no fault with a model that makes no mistakes, beyond its resolution", async () => {
    await run({ alphas: [0.03] });
    const [summary] = numbers().summary;
    expect(summary!.farIdentical).toBe(1);
    expect(summary!.chained).toBeGreaterThan(0.7);
    expect(summary!.lastShare).toBeCloseTo(1, 1);
    const composed = (method: string) => {
      return numbers().composition.find((each) => each.method.startsWith(method) && each.answer === "exact")!;
    };
    expect(composed("local colour maps").l1).toBeLessThan(composed("bicubic, everywhere").l1);
  });

  it("goes on where it was interrupted, with the same numbers", async () => {
    await run({ scenes: 2 });
    const whole = numbers();
    rmSync(join(folder, "work"), { recursive: true });
    const stop = new AbortController();
    const first = perfectModel(0, (count) => count === 15 && stop.abort());
    await expect(run({}, first, stop.signal)).rejects.toMatchObject({ code: "cancelled" });
    const second = perfectModel(0);
    await run({}, second);
    const anew = perfectModel(0);
    await run({ work: join(folder, "other") }, anew);
    expect(second.asked.length).toBeGreaterThan(0);
    expect(second.asked.length).toBeLessThan(anew.asked.length);
    expect(numbers()).toEqual(whole);
    const again = perfectModel(0);
    await run({}, again);
    expect(again.asked).toEqual([]);
  });

  it("refuses a model folder that is not there", async () => {
    await expect(run({ model: join(folder, "nowhere") })).rejects.toMatchObject({ code: "bad_model" });
  });
});

it("the jackknife of a mean is its standard error", () => {
  const values = [3, 7, 1, 12];
  const mean = (some: readonly number[]) => some.reduce((sum, value) => sum + value, 0) / some.length;
  const variance = values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / 3;
  expect(jackknife(values, mean)).toBeCloseTo(Math.sqrt(variance / 4), 10);
  expect(jackknife([3], mean)).toBe(0);
});

describe("perceptualDistance", () => {
  const picture = renderScene(sampleScene(new Random(3)), 96, 96);
  const changed = (by: (value: number, i: number) => number) => ({
    ...picture,
    data: picture.data.map((value, i) => Math.min(Math.max(by(value, i), 0), 255)),
  });

  it("is 0 for the same picture, and grows with noise", () => {
    const next = randomNumbers(2);
    const noise = picture.data.map(() => 255 * next());
    const distances = [0, 0.02, 0.1, 0.4].map((share) =>
      perceptualDistance(
        picture,
        changed((value, i) => value + share * (noise[i]! - 128)),
      ),
    );
    expect(distances[0]).toBe(0);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    expect(distances[3]).toBeGreaterThan(0.2);
  });

  it("minds lost detail more than a change of brightness of the same size", async () => {
    const small = await resizePicture(picture, { width: 24, height: 24 });
    const blurred = await resizePicture(small, picture);
    const brighter = changed((value) => value + 10);
    expect(perceptualDistance(picture, blurred)).toBeGreaterThan(3 * perceptualDistance(picture, brighter));
  });
});
