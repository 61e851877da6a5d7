import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { JsonLines } from "../../benchmark/files/JsonLines.ts";
import { writeWhole } from "../../benchmark/files/writeWhole.ts";
import { verdict } from "../../benchmark/report/verdict.ts";
import { drawSheet } from "../../benchmark/sheet/drawSheet.ts";
import { encodeSheet } from "../../benchmark/sheet/encodeSheet.ts";
import { type Arm, scoreOf } from "../../benchmark/tasks/ablations/arms.ts";
import { boxIoU } from "../../benchmark/tasks/boxIoU.ts";
import { frameBox } from "../../benchmark/tasks/frameBox.ts";
import { maskIoU } from "../../benchmark/tasks/maskIoU.ts";
import { runTaskBench, type TaskBenchOptions } from "../../benchmark/tasks/runTaskBench.ts";
import { scorePair } from "../../benchmark/tasks/scorePair.ts";
import { ablations } from "../../benchmark/tasks/sections/ablations.ts";
import { wrongTask } from "../../benchmark/tasks/wrongTask.ts";
import { samplerNames } from "../../gpu-worker/diffusion/withSampler.ts";
import type { EditEngine, EditRequest } from "../../gpu-worker/engine/EditEngine.ts";
import { benchmarkPairs, worldTasks } from "../../world/index.ts";
import type { EditPair } from "../../world/pairOf.ts";
import { tinyModel } from "../engine/support.ts";

const pairs = (task: EditPair["task"], limit: number) => [...benchmarkPairs({ size: 64, task, limit })];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "emend-bench-test-"));
  vi.spyOn(console, "log").mockReturnValue();
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe("scores of a pair", () => {
  it.each(worldTasks)("are perfect for the exact answer of %s", (task) => {
    for (const pair of pairs(task, 3)) {
      const { edit, keep, l1, own } = scorePair(pair, pair.target);
      expect({ edit, keep, l1 }).toEqual({ edit: 1, keep: 0, l1: 0 });
      for (const [metric, value] of Object.entries(own)) {
        expect(value, metric).toBeCloseTo(metric === "depthRmse" || metric === "degrees" ? 0 : 1, 4);
      }
    }
  });

  it("are nothing for the source", () => {
    for (const task of ["detect", "segment"] as const) {
      const [pair] = pairs(task, 1);
      const { edit, keep, own } = scorePair(pair!, pair!.source);
      expect({ edit, keep }).toEqual({ edit: 0, keep: 0 });
      for (const value of Object.values(own)) expect(value).toBe(0);
    }
  });

  it("find every exact frame, and take a frame elsewhere for none", () => {
    const [first, ...others] = pairs("detect", 30);
    for (const pair of others) expect(scorePair(pair, pair.target).own.boxes, pair.instruction).toBe(1);
    const { source } = first!;
    const corner = { ...source, data: source.data.slice() };
    for (let x = 0; x < 4; x++) corner.data.set([255, 0, 0], x * 3);
    expect(scorePair({ ...first!, target: first!.target }, corner).own.boxes).toBe(0);
  });

  it("a frame with gaps and specks beside it is still one box", () => {
    const rows = ["#.........", "....##..#.", "..........", "....#...#.", "....#..##."];
    const marked = Uint8Array.from(rows.join(""), (char) => (char === "#" ? 1 : 0));
    expect(frameBox(marked, 10)).toEqual({ left: 4, top: 1, right: 9, bottom: 5 });
    expect(frameBox(new Uint8Array(50), 10)).toBeUndefined();
  });

  it("overlap is shared area over covered area", () => {
    const box = (left: number, right: number) => ({ left, right, top: 0, bottom: 2 });
    expect([boxIoU(box(0, 4), box(0, 4)), boxIoU(box(0, 4), box(2, 6)), boxIoU(box(0, 2), box(2, 4))]).toEqual([
      1,
      1 / 3,
      0,
    ]);
    expect(boxIoU(undefined, box(0, 1))).toBe(0);
    expect(maskIoU(Uint8Array.of(1, 1, 0, 0), Uint8Array.of(0, 1, 1, 0))).toBe(1 / 3);
  });
});

it("the wrong task is always another one", () => {
  for (const task of worldTasks) expect(wrongTask(worldTasks, task)).not.toBe(task);
  expect(new Set(worldTasks.map((task) => wrongTask(worldTasks, task))).size).toBe(worldTasks.length);
  expect(wrongTask(["add"], "add")).toBeUndefined();
});

it("words about a difference follow the numbers", () => {
  expect(verdict("a", "b", 0.03, 0.01)).toBe("a scores higher than b by 0.030, beyond the error bars (± 0.010)");
  expect(verdict("a", "b", -0.03, 0.05)).toBe("a scores lower than b by 0.030, within the error bars (± 0.050)");
});

describe("emend bench tasks", () => {
  /** Answers with the source made darker; counts, and may be told to stop. */
  function engine(onEdit: (done: number) => void = () => {}) {
    const asked: EditRequest[] = [];
    const info = {
      model: "fake",
      device: "cpu",
      tasks: ["add", "detect", "depth"],
      concurrency: 1,
      loadMilliseconds: 0,
    } as const;
    const defaults = { steps: 2, textGuidance: 1, imageGuidance: 1 };
    const open = async (): Promise<EditEngine> => ({
      info: { ...info, defaults },
      async edit(request) {
        asked.push(request);
        onEdit(asked.length);
        const { picture, seed, task } = request;
        const data = picture.data.map((value) => value * 0.9);
        const said = { task: task === "auto" ? "add" : task, tasks: [], seed, ...defaults, alpha: 0.03, keptShare: 0 };
        const profile = { name: "exact", resolution: 64, reason: "asked for", decoder: "full" } as const;
        const told = { ...said, profile, shallowEvaluations: 0 };
        return { picture: { ...picture, data }, ...told, evaluations: request.steps ?? 2, milliseconds: 1 };
      },
      async close() {},
    });
    return { asked, open };
  }

  const run = (options: Partial<TaskBenchOptions>, { open } = engine(), signal?: AbortSignal) =>
    runTaskBench(
      {
        ...{ limit: 2, work: join(folder, "work"), out: join(folder, "out"), model: tinyModel },
        ...{ training: join(folder, "training.jsonl"), python: join(folder, "no-python"), seeds: 1, samples: 100 },
        ...options,
      },
      signal,
      open,
    );
  const page = () => readFileSync(join(folder, "out", "README.md"), "utf8");

  it("writes a page of what was measured, with its plots, and says what was not", async () => {
    await run({ only: ["quality", "tasks-given"] });
    expect(page()).toContain("| **mean** |");
    expect(page()).toContain("detect: AP@0.5");
    expect(page()).toContain("Not measured yet: `npx emend bench tasks --only steps`");
    expect(readdirSync(join(folder, "out")).toSorted()).toEqual([
      "README.md",
      "numbers",
      "quality.svg",
      "tasks-given.svg",
    ]);
    expect(readFileSync(join(folder, "out", "quality.svg"), "utf8")).toMatch(/^<svg /);
    const { command, data } = JSON.parse(readFileSync(join(folder, "out", "numbers", "tasks-given.json"), "utf8"));
    expect(command).toBe("npx emend bench tasks --only tasks-given --limit 2");
    expect(data.predictedRight).toBeCloseTo(1 / 3, 3);
  });

  it("goes on where it was interrupted, keeps what was there, and measures anew only when told to", async () => {
    const stop = new AbortController();
    const first = engine((done) => done === 4 && stop.abort());
    await expect(run({ only: ["quality"] }, first, stop.signal)).rejects.toMatchObject({ code: "cancelled" });
    expect(first.asked).toHaveLength(4);
    const [file] = readdirSync(join(folder, "work"), { recursive: true }).filter((name) =>
      `${name}`.endsWith("named.jsonl"),
    );
    const path = join(folder, "work", `${file}`);
    writeFileSync(path, readFileSync(path).subarray(0, -20)); // the last line is torn
    const second = engine();
    await run({ only: ["quality"] }, second);
    expect(second.asked).toHaveLength(3); // 3 tasks × 2 pairs, three of them whole
    const again = engine();
    await run({ only: ["quality"] }, again);
    expect(again.asked).toHaveLength(0);
    await run({ redo: ["quality"] }, again);
    expect(again.asked).toHaveLength(6);
  });

  it("asks for every sampler, and for 50 steps of the usual one", async () => {
    const { asked, open } = engine();
    await run({ only: ["steps"], limit: 1 }, { asked, open });
    expect(new Set(asked.map(({ sampler, steps }) => `${sampler} ${steps}`)).size).toBe(samplerNames.length * 5 + 1);
    expect(page()).toContain("| ddim | 50 |");
  });

  it("measures the others when one lacks something, and says so at the end", async () => {
    writeFileSync(join(folder, "training.jsonl"), '{"samples": 1000, "hours": 0.1, "edit": 0.2}\n');
    const some = { only: ["curve", "ablations"], limit: 1 };
    await expect(run(some)).rejects.toMatchObject({ code: "not_found", isInputError: true });
    expect(page()).toContain("| 1,000 | 0.1 | 0.200 |");
  });

  it("refuses unknown sections, missing models and damaged files in one line", async () => {
    const refused = (options: Partial<TaskBenchOptions>) => expect(run(options)).rejects;
    await refused({ only: ["qality"] }).toMatchObject({
      code: "bad_usage",
      message: expect.stringContaining("tasks-given"),
    });
    await refused({ model: join(folder, "nothing") }).toMatchObject({ code: "bad_model" });
    writeFileSync(join(folder, "training.jsonl"), '{"samples": "many"}\n');
    await refused({ only: ["curve"] }).toMatchObject({ code: "bad_usage", message: expect.stringContaining("line 1") });
    await refused({ out: join(folder, "training.jsonl", "x"), only: ["quality"], limit: 1 }).toMatchObject({
      code: "bad_usage",
    });
  });
});

describe("the ablations", () => {
  const arm = (name: string, seed: number, edit: number): Arm => ({
    ...{ arm: name, seed, samples: 100, tasks: [...worldTasks] },
    scores: Object.fromEntries(worldTasks.map((task) => [task, { edit, keep: 0, l1: 0 }])),
  });

  it("know that the model with everything is the last of two other rows", () => {
    const arms = [arm("embedding/learned", 0, 0.5), arm("embedding/learned", 1, 0.6)];
    const wanted = { mean: expect.closeTo(0.55, 6), low: 0.5, high: 0.6 };
    expect(scoreOf(arms, "count/16", ["style"])).toEqual(wanted);
    expect(scoreOf(arms, "vision/with", ["add", "local"])).toEqual(wanted);
    expect(scoreOf(arms, "count/4", ["style"])).toBeUndefined();
  });

  it("say what came out, whichever way", () => {
    const report = (learned: number, none: number) =>
      ablations.report({
        ...{ samples: 100, seeds: 2 },
        arms: [0, 1].flatMap((seed) => [
          arm("embedding/learned", seed, learned + seed / 100),
          arm("embedding/none", seed, none),
        ]),
      }).markdown;
    expect(report(0.5, 0.3)).toContain("Learned scores higher than none by 0.205, beyond the error bars");
    expect(report(0.3, 0.5)).toContain("Learned scores lower than none by 0.195, beyond the error bars");
    expect(report(0.3, 0.303)).toContain("within the error bars");
    expect(report(0.3, 0.5)).toContain("not trained yet");
  });
});

describe("files", () => {
  it("a full disk is one line that says what to do", async () => {
    await expect(new JsonLines("/dev/full").append({})).rejects.toMatchObject({
      code: "internal",
      message: expect.stringContaining("free some space"),
    });
  });

  it("a file that cannot be written leaves the old one as it was", async () => {
    const file = join(folder, "page.md");
    await writeWhole(file, "old");
    await expect(writeWhole(join(file, "below"), "new")).rejects.toMatchObject({ code: "bad_usage" });
    expect(readFileSync(file, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["page.md"]);
  });
});

it("a contact sheet has a row for each task and is small", async () => {
  const rows = (["add", "text"] as const).map((task) => ({
    task,
    cells: pairs(task, 2).map(({ instruction, source, target }) => ({
      instruction,
      source,
      ours: source,
      exact: target,
    })),
  }));
  const sheet = drawSheet(rows);
  expect(sheet.width).toBeGreaterThan(6 * 128);
  expect((await encodeSheet(sheet)).length).toBeLessThan(1_500_000);
});
