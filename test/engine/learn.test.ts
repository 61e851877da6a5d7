import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineProcess } from "../../gpu-worker/engine/EngineProcess.ts";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import type { LearnRequest } from "../../gpu-worker/engine/learning.ts";
import { readLearnedTask, writeLearnedTask } from "../../gpu-worker/tasks/learned/learnedTaskFile.ts";
import { picture, request, tinyModel, tinyPredictor, until } from "./support.ts";

const negative = { ...picture, data: picture.data.map((value) => 255 - value) };
const lesson: LearnRequest = {
  name: "negative",
  description: "Turns the picture into its negative, like film.",
  examples: [{ input: picture, output: negative, instruction: "make a film negative of it" }],
  seed: 1,
  steps: 10,
};

describe("learning in an engine", { timeout: 60_000 }, () => {
  let engine: LocalEngine;
  let file: Uint8Array;
  beforeAll(async () => {
    engine = await LocalEngine.open(tinyModel, { device: "cpu", threads: 1, predictor: tinyPredictor });
    file = (await engine.learn(lesson)).file;
  });
  afterAll(() => engine.close());

  it("gives a task that an edit can name", async () => {
    const result = await engine.edit({ ...request, task: "negative", learned: [file] });
    expect(result.task).toBe("negative");
    expect(result.tasks.map(({ name }) => name)).toContain("negative");
    expect(result.tasks.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6);
  });

  it("leaves edits by known tasks as they were, to the bit", async () => {
    const without = await engine.edit({ ...request, task: "add" });
    const beside = await engine.edit({ ...request, task: "add", learned: [file] });
    expect(beside.picture).toEqual(without.picture);
  });

  it("lets edits in between two steps", async () => {
    const order: string[] = [];
    const learning = engine.learn(
      { ...lesson, steps: 40 },
      { onProgress: ({ step }) => void order.push(`step ${step}`) },
    );
    await until(() => order.length >= 3);
    await engine.edit({ ...request, task: "add", steps: 1 });
    const steps = order.length;
    order.push("edit");
    await learning;
    expect(steps).toBeLessThan(15);
    expect(order.filter((each) => each.startsWith("step"))).toHaveLength(40);
  });

  it("does ten edits, together or one after the other, before the step after the one that runs", async () => {
    let step = 0;
    const onProgress = (progress: { step: number }) => {
      step = progress.step;
    };
    const learning = engine.learn({ ...lesson, steps: 60 }, { onProgress });
    await until(() => step >= 3);
    const edit = (seed: number) => engine.edit({ ...request, seed, task: "add", steps: 1 });
    let before = step;
    await Promise.all(Array.from({ length: 10 }, (_, seed) => edit(seed)));
    expect(step - before).toBeLessThanOrEqual(1);
    await until(() => step >= before + 3);
    before = step;
    // As a worker does: the next picture is read when the result before has been written.
    for (let seed = 0; seed < 10; seed++) {
      await edit(seed);
      await wait(20);
    }
    expect(step - before).toBeLessThanOrEqual(1);
    await learning;
    expect(step).toBe(60);
  });

  it.each<[string, () => Uint8Array, RegExp]>([
    ["another checkpoint", () => writeLearnedTask({ ...readLearnedTask(file), checkpoint: "0".repeat(64) }), /another/],
    ["a name of the model's own", () => writeLearnedTask({ ...readLearnedTask(file), name: "add" }), /of its own/],
    [
      "vectors of another length",
      () => writeLearnedTask({ ...readLearnedTask(file), conditioning: { task: new Float32Array(3) } }),
      /another length/,
    ],
    ["damage", () => file.subarray(0, -5), /damaged/],
  ])("refuses a task file of %s", async (_, bytes, message) => {
    const edit = engine.edit({ ...request, task: "negative", learned: [bytes()] });
    await expect(edit).rejects.toMatchObject({ code: "bad_usage", message: expect.stringMatching(message) });
  });

  it.each<[string, Partial<LearnRequest>, RegExp]>([
    ["no examples", { examples: [] }, /no examples/],
    ["a thousand", { examples: Array.from({ length: 1000 }, () => lesson.examples[0]!) }, /too many/],
    ["a name with markup", { name: "**bold**" }, /name/],
    ["the name of a built-in task", { name: "Style" }, /taken/],
    [
      "pictures of different sizes",
      { examples: [{ ...lesson.examples[0]!, output: { width: 1, height: 1, data: new Uint8Array(3) } }] },
      /example 1: .*same size \(got 40 × 32 and 1 × 1\)/,
    ],
    ["an empty instruction", { examples: [{ ...lesson.examples[0]!, instruction: " " }] }, /example 1/],
    ["half a step", { steps: 0.5 }, /steps/],
  ])("refuses %s", async (_, wrong, message) => {
    const learning = engine.learn({ ...lesson, ...wrong });
    await expect(learning).rejects.toMatchObject({ code: "bad_usage", message: expect.stringMatching(message) });
  });

  it("works in a process of its own, which gives the same bytes, and can be cancelled", async () => {
    const child = await EngineProcess.start({ folder: tinyModel, device: "cpu", threads: 1, predictor: tinyPredictor });
    const steps: number[] = [];
    const learned = await child.learn(lesson, { onProgress: ({ step }) => void steps.push(step) });
    expect(learned.file).toEqual(file);
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const stop = new AbortController();
    const endless = child.learn({ ...lesson, steps: 10_000 }, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(endless).rejects.toMatchObject({ code: "cancelled" });
    expect((await child.edit({ ...request, task: "negative", learned: [file] })).task).toBe("negative");
    await child.close();
  });
});
