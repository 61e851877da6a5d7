import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type LearningBenchOptions, runLearningBench } from "../../benchmark/learning/runLearningBench.ts";
import { trials } from "../../benchmark/learning/trials.ts";
import { tinyModel } from "../engine/support.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "emend-learning-test-"));
  vi.spyOn(console, "log").mockReturnValue();
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const run = (options: Partial<LearningBenchOptions> = {}, signal?: AbortSignal) =>
  runLearningBench(
    {
      ...{ tasks: ["mirror"], count: 1, limit: 1, model: tinyModel },
      ...{ work: join(folder, "work"), out: join(folder, "out"), ...options },
    },
    signal,
  );

it("refuses a task that is none, before anything is opened", async () => {
  await expect(run({ tasks: ["style"], model: "/nowhere" })).rejects.toMatchObject({
    code: "bad_usage",
    message: expect.stringContaining('no unseen task "style"; there are super-resolution'),
  });
});

it("goes on where it was interrupted, and writes a row for each trial", { timeout: 120_000 }, async () => {
  const stop = new AbortController();
  vi.mocked(process.stderr.write).mockImplementation(() => {
    stop.abort(); // after the first line
    return true;
  });
  await expect(run({}, stop.signal)).rejects.toMatchObject({
    code: "cancelled",
    message: expect.stringContaining("goes on from there"),
  });
  vi.mocked(process.stderr.write).mockReturnValue(true);
  await run();
  const page = readFileSync(join(folder, "out", "learning.md"), "utf8");
  for (const { name } of trials) expect(page).toContain(`| ${name} |`);
  const { data } = JSON.parse(readFileSync(join(folder, "out", "numbers", "learning.json"), "utf8"));
  expect(data.rows).toHaveLength(trials.length);
});
