import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { verdictOf } from "../../benchmark/profiles/reportQuality.ts";
import { type ProfilesBenchOptions, runProfilesBench } from "../../benchmark/profiles/runProfilesBench.ts";
import { settings } from "../../benchmark/profiles/settings.ts";
import type { EditEngine, EditRequest } from "../../gpu-worker/engine/EditEngine.ts";
import { tinyModel } from "../engine/support.ts";
import { goldenFolder } from "../models/golden.ts";

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

/** Makes its source darker, the more the more steps it takes; counts what it is asked. */
function fake() {
  const asked: EditRequest[] = [];
  const open = async (): Promise<EditEngine> => ({
    info: {
      ...{ model: "fake", device: "cpu", tasks: ["add", "detect"], loadMilliseconds: 0 },
      defaults: { steps: 1, textGuidance: 1, imageGuidance: 1 },
      concurrency: 1,
    },
    async edit(request) {
      asked.push(request);
      const { picture, seed, task, steps = 1, acceleration } = request;
      const isCached = acceleration?.deepCache !== undefined;
      return {
        picture: { ...picture, data: picture.data.map((value) => value * (1 - steps / 1000)) },
        ...{ task, tasks: [], seed, steps, textGuidance: 1, imageGuidance: 1, alpha: 0.03, keptShare: 0 },
        profile: { name: "exact", resolution: 64, reason: "asked for", decoder: "full" },
        ...{ evaluations: isCached ? steps : 3 * steps, shallowEvaluations: isCached ? 2 * steps : 0, milliseconds: 1 },
      };
    },
    async close() {},
  });
  return { asked, open };
}

const run = (options: Partial<ProfilesBenchOptions>, { open } = fake(), configs?: object) =>
  runProfilesBench(
    {
      ...{ case: "mini", limit: 1, rounds: 1, timed: 3, resolution: 32, model: tinyModel },
      ...{ work: join(folder, "work"), out: join(folder, "out"), python: join(folder, "no-python") },
      ...options,
    },
    undefined,
    { openEngine: open, ...(configs && { configs: configs as never }) },
  );
const page = () => readFileSync(join(folder, "out", "profiles.md"), "utf8");

describe("emend bench profiles", () => {
  it("scores every setting at both guidances, and writes page, plots and numbers", async () => {
    const engine = fake();
    await run({}, engine);
    expect(engine.asked.length).toBe(2 * (2 * settings.length + 3));
    for (const { name } of settings) expect(page()).toContain(`| ${name} |`);
    expect(page()).toMatch(/100 steps.* \| .* \| 300\.0 \| 0\.0 \| 1\.0 ×/);
    // 20 whole evaluations and 40 shallow ones of 6.6 % each.
    expect(page()).toMatch(/the fast profile.* \| 20\.0 \| 40\.0 \| 13\.3 ×/);
    expect(page()).toContain("Not measured yet: `npx emend bench profiles --case sd15`");
    expect(readFileSync(join(folder, "out", "profiles-7.5.svg"), "utf8")).toContain("<svg");
    const { data, command } = JSON.parse(readFileSync(join(folder, "out", "numbers", "profiles-quality.json"), "utf8"));
    expect(command).toBe("npx emend bench profiles --case mini --limit 1");
    expect(data.n).toBe(2);
  });

  it("goes on where it was interrupted", async () => {
    await run({});
    const again = fake();
    await run({}, again);
    expect(again.asked).toEqual([]);
  });

  it("says whether the fast profile is within the goal", () => {
    const row = { name: "", group: "reference", edit: 0.5, keep: 0.02, whole: 300, shallow: 0 } as const;
    const fast = { ...row, group: "profile", whole: 20, shallow: 20 } as const;
    expect(verdictOf([row, { ...fast, edit: 0.49 }])).toMatch(/14\.1 × less work, edit −0\.010, .*: within the goal/);
    expect(verdictOf([row, { ...fast, edit: 0.47 }])).toMatch(/not within the goal/);
    expect(verdictOf([row, { ...fast, edit: 0.6 }])).toMatch(/: within the goal/);
    expect(verdictOf([row, { ...fast, keep: 0.026 }])).toMatch(/not within the goal/);
  });

  it("times whole edits of a random checkpoint beside diffusers, and puts them on the same page", async () => {
    const config = (part: string) => JSON.parse(readFileSync(join(goldenFolder("ip2p"), part, "config.json"), "utf8"));
    const textEncoder = { ...config("text_encoder"), vocab_size: 49_408 };
    const taesd = JSON.parse(readFileSync(join(goldenFolder("taesd-tiny"), "vae", "config.json"), "utf8"));
    const python = join(folder, "python");
    const report = {
      steps: 100,
      evaluations: 300,
      seconds: 200,
      peakMegabytes: 9000,
      timed: 3,
      version: "diffusers 1",
    };
    writeFileSync(python, `#!/bin/sh\necho '${JSON.stringify(report)}'\n`);
    chmodSync(python, 0o755);
    await run({ case: "sd15", python }, fake(), { unet: config("unet"), vae: config("vae"), textEncoder, taesd });
    const { data } = JSON.parse(readFileSync(join(folder, "out", "numbers", "profiles-speed.json"), "utf8"));
    expect(data.exact).toMatchObject({ steps: 20, evaluations: 60, shallowEvaluations: 0 });
    // Text and picture 20 and 16 times, a third of them whole; neither 6 of 16 times.
    expect(data.fast).toMatchObject({ steps: 20, evaluations: 19, shallowEvaluations: 23 });
    expect(page()).toMatch(/\| diffusers, its defaults \| 100 \| 300 \| 200\.0 \| 9000 \| 1\.0 × \|/);
    expect(page()).toContain("| emend, fast | 20 | 19 + 23 |");
    expect(page()).toContain("| emend, fast, decoded by TAESD | 20 | 19 + 23 |");
  }, 300_000);

  it("asks for a Python before it writes gigabytes", async () => {
    await expect(run({ case: "sd15" })).rejects.toMatchObject({ code: "not_found" });
  });
});
