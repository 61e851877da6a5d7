import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { InversionData } from "../../benchmark/inversion/InversionData.ts";
import type { InversionEngine } from "../../benchmark/inversion/InversionEngine.ts";
import type { MethodName } from "../../benchmark/inversion/methods.ts";
import type { Row } from "../../benchmark/inversion/Row.ts";
import { reportInversion } from "../../benchmark/inversion/reportInversion.ts";
import { type InversionBenchOptions, runInversionBench } from "../../benchmark/inversion/runInversionBench.ts";
import { UnseenPairs } from "../../benchmark/inversion/UnseenPairs.ts";
import { verdicts } from "../../benchmark/inversion/verdicts.ts";
import type { EditRequest } from "../../gpu-worker/engine/EditEngine.ts";
import type { LearnRequest } from "../../gpu-worker/engine/learning.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { tinyModel } from "../engine/support.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "emend-inversion-test-"));
  vi.spyOn(console, "log").mockReturnValue();
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** "add" spoils every picture (it is farthest from red), "detect" leaves it as it is, and so does a learned task. */
function fake(onLearn: (request: LearnRequest) => void = () => {}) {
  const [edits, learned]: [EditRequest[], LearnRequest[]] = [[], []];
  const defaults = { steps: 1, textGuidance: 1, imageGuidance: 1 };
  const open = async (): Promise<InversionEngine> => ({
    info: { model: "fake", device: "cpu", tasks: ["add", "detect"], concurrency: 1, loadMilliseconds: 0, defaults },
    async edit(request) {
      edits.push(request);
      const { picture, seed, task } = request;
      const profile = { name: "exact", resolution: 64, reason: "asked for", decoder: "full" } as const;
      const rest = { alpha: 0.03, keptShare: 0, profile, evaluations: 1, shallowEvaluations: 0, milliseconds: 1 };
      const data = task === "add" ? picture.data.map((_, i) => (i % 3 === 0 ? 0 : 255)) : picture.data;
      return { picture: { ...picture, data }, task, tasks: [], seed, ...defaults, ...rest };
    },
    async learn(request, options) {
      learned.push(request);
      const checkpoint = new TextEncoder().encode(`state of ${request.name}`);
      options?.onProgress?.({ step: 1, steps: 2, loss: 0.5, remainingMilliseconds: 1, checkpoint });
      onLearn(request);
      const file = new TextEncoder().encode(`learned ${request.name}`);
      return { file, steps: 2, losses: [[0, 0.5]], pictures: [], milliseconds: 3000 };
    },
    async close() {},
  });
  return { edits, learned, open };
}

const run = (options: Partial<InversionBenchOptions>, engine = fake(), signal?: AbortSignal) =>
  runInversionBench(
    {
      ...{ tasks: ["mirror", "count"], counts: [1, 3], seeds: 2, limit: 3, samples: 50, vectors: 1, model: tinyModel },
      ...{ work: join(folder, "work"), out: join(folder, "out"), python: join(folder, "no-python") },
      ...options,
    },
    signal,
    engine.open,
  );
const page = () => readFileSync(join(folder, "out", "inversion.md"), "utf8");
const numbers = () => JSON.parse(readFileSync(join(folder, "out", "numbers", "inversion.json"), "utf8"));

describe("emend bench inversion", () => {
  it("writes a page with table, plot and sheet of what was measured", async () => {
    const engine = fake();
    await run({ only: ["frozen", "inversion"] }, engine);
    expect(page()).toContain("| mirror | 1 | 0.000 | 0.000 |");
    expect(page()).toContain("| **mean** | 3 |");
    expect(page()).toContain("![Source, learned task, exact answer](inversion.png)");
    expect(readdirSync(join(folder, "out")).toSorted()).toEqual([
      ...["inversion.md", "inversion.png", "inversion.svg", "numbers"],
    ]);
    expect(readFileSync(join(folder, "out", "inversion.svg"), "utf8")).toMatch(/^<svg /);
    const { command, model, data } = numbers();
    expect(command).toBe(
      "npx emend bench inversion --counts 1,3 --seeds 2 --limit 3 --samples 50 --tasks mirror,count",
    );
    expect(model).toMatchObject({ name: "fake", device: "cpu" });
    expect(data.rows).toHaveLength(2 * 2 * 2 * 2);
    expect(data.rows.filter(({ given }: Row) => given !== undefined && given !== "detect")).toEqual([]);
    // 8 learnt; each is asked for by its name, with its file.
    expect(engine.learned).toHaveLength(8);
    const asked = engine.edits.filter(({ learned }) => learned !== undefined);
    expect(asked).toHaveLength(8 * 3 + 2 * 3);
    for (const { task, learned } of asked) expect(new TextDecoder().decode(learned?.[0])).toBe(`learned ${task}`);
  });

  it("gives more examples what fewer had, and every set its own", async () => {
    const engine = fake();
    await run({ only: ["inversion"], tasks: ["count"] }, engine);
    const [one, three, other] = engine.learned.map(({ examples }) => examples);
    expect([one, three, other].map((each) => each?.length)).toEqual([1, 3, 1]);
    expect(three?.[0]).toEqual(one?.[0]);
    expect(other?.[0]).not.toEqual(one?.[0]);
    expect(engine.learned.map(({ seed }) => seed)).toEqual([0, 0, 1, 1]);
  });

  it("goes on where it was interrupted, in the middle of learning too", async () => {
    const stop = new AbortController();
    const first = fake((request) => {
      if (request.name !== "count") return;
      stop.abort();
      throw new EmendError("cancelled", "cancelled");
    });
    await expect(run({ only: ["inversion"] }, first, stop.signal)).rejects.toMatchObject({
      code: "cancelled",
      message: expect.stringContaining("what was measured is kept"),
    });
    expect(first.learned.map(({ name }) => name)).toEqual(["mirror", "mirror", "count"]);
    const second = fake();
    await run({ only: ["inversion"] }, second);
    expect(second.learned.map(({ name }) => name)).toEqual(["count", "count", "mirror", "mirror", "count", "count"]);
    const resumed = second.learned.map(({ resume }) => resume && new TextDecoder().decode(resume));
    expect(resumed).toEqual(["state of count", ...Array(5).fill(undefined)]);
    const { data } = numbers();
    expect(data.rows.filter(({ learnSeconds }: Row) => learnSeconds === undefined)).toHaveLength(1);
    const third = fake();
    await run({ only: ["inversion"] }, third);
    expect(third.learned).toEqual([]);
    expect(readdirSync(join(folder, "work"), { recursive: true }).join()).not.toContain(".state");
  });

  it("keeps what an earlier run measured in another way, for the same model and pairs", async () => {
    await run({ only: ["frozen"] });
    await run({ only: ["inversion"] });
    const methods = () => new Set(numbers().data.rows.map(({ method }: Row) => method));
    expect(methods()).toEqual(new Set(["frozen", "inversion"]));
    await run({ only: ["inversion"], limit: 2 });
    expect(methods()).toEqual(new Set(["inversion"]));
  });

  it("measures the others without a Python, and says so at the end", async () => {
    await expect(run({ only: ["frozen", "finetune"] })).rejects.toMatchObject({
      code: "not_found",
      isInputError: true,
    });
    expect(page()).toContain("| mirror | 1 | 0.000 |");
  });

  it("takes the peers from the training's lines, the last of each kind", async () => {
    const script = join(folder, "python.cjs");
    writeFileSync(
      script,
      `const { appendFileSync, readdirSync } = require("node:fs");
      const of = (flag) => process.argv[process.argv.indexOf(flag) + 1];
      const [method, tasks, seeds] = [of("--methods"), of("--tasks").split(","), Number(of("--seeds"))];
      if (!tasks.every((task) => readdirSync(of("--data") + "/" + task).length === 2)) process.exit(3);
      const counts = method === "expert" ? [Number(of("--samples"))] : of("--counts").split(",").map(Number);
      const lines = tasks.flatMap((task) => counts.flatMap((count) => Array.from({ length: seeds }, (_, seed) => (
        { method, task, count, seed, print: "p", pictures: 16, heldOut: Number(of("--held-out")), keep: 0, whole: 0 }))));
      for (const edit of [0.1, 0.25]) for (const line of lines) appendFileSync(of("--out"), JSON.stringify({ ...line, edit }) + "\\n");
      appendFileSync(of("--out"), '{"method": "torn');`,
    );
    const python = join(folder, "python");
    writeFileSync(python, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
    chmodSync(python, 0o755);
    await run({ only: ["finetune", "expert"], python });
    expect(page()).toContain("| mirror | 1 | 0.250 | 0.250 |");
    expect(page()).toContain("with 16 pictures seen");
    expect(numbers().data.rows).toHaveLength(2 * 2 * 2 + 2);
  });

  it("refuses what cannot be meant in one line", async () => {
    const refused = (options: Partial<InversionBenchOptions>) => expect(run(options)).rejects;
    await refused({ only: ["magic"] }).toMatchObject({
      code: "bad_usage",
      message: expect.stringContaining("scratch"),
    });
    await refused({ tasks: ["add"] }).toMatchObject({ code: "bad_usage", message: expect.stringContaining("mirror") });
    await refused({ counts: [101] }).toMatchObject({ code: "bad_usage" });
    await refused({ model: join(folder, "nothing") }).toMatchObject({ code: "bad_model" });
    await refused({ out: "/dev/null/x", only: ["frozen"] }).toMatchObject({ code: "bad_usage" });
  });
});

describe("the verdicts", () => {
  const row = (method: MethodName, task: Row["task"], count: number, edit: number, more: Partial<Row> = {}): Row => ({
    ...{ method, task, count, seed: 0, print: "p", heldOut: 10, edit, keep: 0, whole: edit },
    ...more,
  });
  const data = (rows: Row[]): InversionData => ({
    ...{ tasks: ["mirror", "count"], counts: [1, 10], seeds: 1, limit: 10, samples: 1000, vectors: 1 },
    rows,
  });
  const scores = (method: MethodName, mirror: number, count: number) => [
    ...[1, 10].flatMap((number) => [row(method, "mirror", number, mirror), row(method, "count", number, count)]),
  ];
  const said = (...rows: Row[][]) => verdicts(data(rows.flat())).join(" ");

  it("say whether the targets are met, from the numbers", () => {
    const good = said(scores("inversion", 0.5, 0.5), scores("finetune", 0.5, 0.55), scores("scratch", 0.1, 0.1));
    expect(good).toContain("0.95 of it. The target (at least 0.9) is met.");
    expect(good).toContain("It holds on every single task.");
    expect(good).toContain("in 4 of 4 cases. The target (always) is met.");
    const bad = said(scores("inversion", 0.1, 0.5), scores("finetune", 0.5, 0.5), scores("scratch", 0.2, 0.1));
    expect(bad).toContain("0.60 of it. The target (at least 0.9) is missed.");
    expect(bad).toContain("it holds on 1 of 2; not on mirror (0.100 against 0.500).");
    expect(bad).toContain("in 2 of 4 cases; not on mirror with 1 (0.100 against 0.200) and mirror with 10");
    expect(bad).toContain("The target (always) is missed.");
  });

  it("compare methods on those sets of examples that both were given", () => {
    const lucky = scores("inversion", 0.9, 0.9).map((each) => ({ ...each, seed: 1 }));
    const text = said(scores("inversion", 0.4, 0.4), lucky, scores("finetune", 0.5, 0.5));
    expect(text).toContain("task inversion scores 0.400 on the mean over the tasks and fine-tuning 0.500");
  });

  it("take no share of a score that is not positive", () => {
    expect(said(scores("inversion", -0.1, 0), scores("finetune", -0.2, 0.1))).toContain("would say nothing");
  });

  it("say how long learning took, and what cannot be learned by one vector", () => {
    const timed = [
      row("inversion", "mirror", 10, 0.1, { learnSeconds: 90 }),
      row("inversion", "mirror", 10, 0.1, { learnSeconds: 130 }),
    ];
    expect(said(timed)).toContain("Learning 10 examples took 90 to 130 s; the target (120 s on two cores) is missed.");
    const experts = [row("expert", "mirror", 1000, 0.7), row("expert", "count", 1000, 0.6)];
    expect(said(scores("inversion", 0.1, 0.5), experts)).toContain(
      "half of what the expert reaches: mirror (0.100; the expert 0.700).",
    );
  });

  it("say nothing about what was not measured", () => {
    expect(verdicts(data(scores("frozen", 0, 0)))).toEqual([]);
    expect(said(scores("frozen", 0.7, 0.7), scores("inversion", 0.5, 0.5))).toContain(
      "All pixels counted, the means with 10 examples are: frozen, nearest known task 0.700 and task inversion 0.500.",
    );
    expect(reportInversion(data(scores("frozen", 0, 0))).markdown).toContain("Too little has been measured to say.");
  });
});

it("the examples of a set are none of another's", () => {
  const pairs = new UnseenPairs();
  const seeds = [0, 1].flatMap((set) => pairs.examples("count", set, 5).map(({ seed }) => seed));
  expect(new Set(seeds).size).toBe(10);
  expect(pairs.heldOut("count", 4)).toHaveLength(4);
  expect(pairs.heldOut("count", 2)).toHaveLength(2);
});
