import { readFileSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TaskPredictor } from "../../gpu-worker/tasks/predictor/TaskPredictor.ts";
import { taskNames } from "../../src/queue/tasks.ts";
import { goldenFolder, readGolden } from "../models/golden.ts";

const folder = goldenFolder("predictor");
/** Made by training/goldens/make_predictor.py with transformers, int8 weights as the engine reads them. */
const { sentences, learned }: Record<"sentences" | "learned", string[]> = JSON.parse(
  readFileSync(`${folder}/sentences.json`, "utf8"),
);
/** Absolute; 1e-6 was measured, a forgotten bias costs 1e-2. */
const tolerance = 1e-4;

const open = () => TaskPredictor.open(folder);
const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  a.length === b.length ? Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!))) : Number.POSITIVE_INFINITY;

describe("TaskPredictor", { timeout: 120_000 }, () => {
  let predictor: TaskPredictor;
  let golden: Awaited<ReturnType<typeof readGolden>>;
  const row = (name: string, i: number) => {
    const { dims, data } = golden[name]!;
    const width = dims[1] ?? 1;
    return data.slice(i * width, (i + 1) * width);
  };
  beforeAll(async () => {
    predictor = await open();
    golden = await readGolden("predictor");
  });
  afterAll(() => predictor.close());

  it.each(sentences.map((text, i) => [i, text] as const))(
    "computes what the reference computes, padded to another length: sentence %d",
    async (i, text) => {
      const { tasks, edit, embedding } = await predictor.predict(text);
      const probabilities = taskNames.map((name) => tasks.find((task) => task.name === name)!.probability);
      expect(largestDifference(embedding, row("embeddings", i))).toBeLessThan(tolerance);
      expect(largestDifference(probabilities, row("tasks", i))).toBeLessThan(tolerance);
      expect(Math.abs(edit - row("edit", i)[0]!)).toBeLessThan(tolerance);
    },
  );

  it("gives the ids of the reference for awkward texts", () => {
    const expected = JSON.parse(readFileSync(`${folder}/texts.json`, "utf8")) as Record<string, number[]>;
    const wrong = Object.entries(expected).filter(([text, ids]) => predictor.tokens(text).join() !== ids.join());
    expect(wrong.map(([text]) => text)).toEqual([]);
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(200);
  });

  it("says something about any string: sixteen tasks, most probable first, that sum to 1", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: "binary" }), fc.string({ maxLength: 900 })), async (text) => {
        const { tasks, edit } = await predictor.predict(text);
        expect(tasks.map(({ name }) => name).toSorted()).toEqual(taskNames.toSorted());
        expect(tasks.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
        expect(tasks).toEqual(tasks.toSorted((a, b) => b.probability - a.probability));
        expect(edit).toBeGreaterThanOrEqual(0);
        expect(edit).toBeLessThanOrEqual(1);
      }),
      { numRuns: 25 },
    );
  });

  it("looks at the beginning of a text that never ends, at once", async () => {
    const start = performance.now();
    const long = await predictor.predict("make the boat red ".repeat(1_000_000));
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(long.tasks).toEqual((await predictor.predict("make the boat red ".repeat(100))).tasks);
  });

  it("answers calls that come together as it answers them one by one", async () => {
    const fresh = await open();
    const together = await Promise.all(sentences.map((text) => fresh.predict(text)));
    for (const [i, text] of sentences.entries()) expect(await predictor.predict(text)).toEqual(together[i]);
    await fresh.close();
  });
});

describe("a learned task", () => {
  it("gets its share by the reference's rule, and all still sum to 1", async () => {
    const predictor = await open();
    const golden = await readGolden("predictor");
    const [name, description, ...instructions] = learned as [string, string, ...string[]];
    const task = { name: name.replaceAll(" ", "_"), description, instructions };
    for (const [i, text] of sentences.entries()) {
      const { tasks } = await predictor.predict(text, [task]);
      const order = [...taskNames, "sharpen_upscale"];
      const found = order.map((task) => tasks.find((each) => each.name === task)!.probability);
      expect(largestDifference(found, golden.routed!.data.slice(i * 17, (i + 1) * 17))).toBeLessThan(tolerance);
      expect(found.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 9);
    }
    await predictor.close();
  });

  it("stands beside others, is an edit, and is forgotten when it is not given", async () => {
    const predictor = await open();
    const before = await predictor.predict("red");
    const task = (name: string) => ({ name, instructions: ["draw two HELLO lines", "the old sign"] });
    const { tasks, edit } = await predictor.predict("draw two HELLO lines", [task("one"), task("two")]);
    expect(tasks).toHaveLength(18);
    expect(tasks.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
    expect(edit).toBeGreaterThan(0);
    expect(await predictor.predict("red")).toEqual(before);
    await predictor.close();
  });

  it("may not take a known task's name", async () => {
    const predictor = await open();
    for (const name of ["add", "none"]) {
      const known = [{ name, instructions: ["a"] }];
      await expect(predictor.predict("red", known)).rejects.toMatchObject({ code: "bad_usage" });
    }
    await predictor.close();
  });
});

describe("a predictor folder that is not one", () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "emend-predictor-"));
  });
  afterAll(() => rm(root, { recursive: true }));
  const change = async (name: string, spoil: (path: string) => Promise<void>) => {
    const path = join(root, name);
    await cp(folder, path, { recursive: true });
    await spoil(path);
    return path;
  };
  const config = (more: object) => async (path: string) => {
    const file = join(path, "config.json");
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), ...more }));
  };

  it.each([
    ["missing", async () => join(root, "nowhere"), /nowhere: there is no such predictor folder; check EMEND_PREDICTOR/],
    [
      "without weights",
      () => change("a", (path) => rm(join(path, "model.safetensors"))),
      /model.safetensors: is missing/,
    ],
    ["cut", () => change("b", (path) => truncate(join(path, "model.safetensors"), 9000)), /cut short/],
    ["of another width", () => change("c", config({ hidden_size: 48 })), /word_embeddings.*asks for \[228, 48\]/],
    ["with other labels", () => change("d", config({ labels: ["add", "remove", "none"] })), /head.bias/],
    ["without none", () => change("e", config({ labels: ["add", "remove"] })), /labels.*the last one is not "none"/],
    ["without a tokenizer", () => change("f", (path) => rm(join(path, "tokenizer.json"))), /vocab.json: is missing/],
  ])("says which file is wrong: %s", async (_, make, message) => {
    const path = await make();
    await expect(TaskPredictor.open(path)).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringMatching(message),
    });
  });
});
