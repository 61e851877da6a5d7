import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseTask } from "../../gpu-worker/diffusion/chooseTask.ts";
import { edit } from "../../gpu-worker/diffusion/edit.ts";
import { seededNoise } from "../../gpu-worker/diffusion/noise.ts";
import type { DenoiserInput, EditModel } from "../../gpu-worker/models/EditModel.ts";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { learnTask } from "../../gpu-worker/tasks/inversion/learnTask.ts";
import { readLearnedTaskFor } from "../../gpu-worker/tasks/learned/readLearnedTaskFor.ts";
import { goldenFolder, readGolden, relativeError, tolerance } from "./golden.ts";

const picture = { width: 32, height: 16, data: Uint8Array.from({ length: 32 * 16 * 3 }, (_, i) => (i * 7) % 251) };

describe("AnySD, an editing model with experts", () => {
  let folder: string;
  let model: EditModel;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "emend-anysd-"));
    for (const name of ["ip2p", "anysd"]) cpSync(goldenFolder(name), folder, { recursive: true });
    model = await openEditModel(folder, { device: "cpu", threads: 1 });
  });
  afterAll(async () => {
    await model.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("shows its tasks, by emend's names where they coincide", () => {
    const own = ["movement", "resize", "outpaint", "rotation_change"];
    expect([...model.tasks.keys()]).toEqual(["background", "global", "style", ...own]);
  });

  it.each([
    ["style", "global_out"],
    ["style in an unconditional branch", "global_none"],
    ["resize", "viewpoint_out"],
    ["resize in an unconditional branch", "viewpoint_none"],
  ])("asks the expert of %s as diffusers' IP-Adapter does", async (what, key) => {
    const golden = await readGolden("anysd");
    const [name] = what.split(" ") as [string];
    const vector = model.tasks.get(name)!;
    const expert = model.experts!.get(name)!;
    const { data } = await model.denoise({
      latent: golden.noisy!,
      image: golden.image!,
      timestep: golden.timestep!.data[0]!,
      text: { states: golden.context!, pooled: new Float32Array() },
      task: key.endsWith("none") ? new Float32Array(vector.length) : vector,
      expert,
    });
    expect(relativeError(data, golden[key]!.data)).toBeLessThan(tolerance);
  });

  it("edits as without experts when the instruction is for none of them, and keeps the expert in every branch", async () => {
    const seen: DenoiserInput[] = [];
    const watched: EditModel = {
      ...model,
      denoise(input) {
        seen.push(input);
        return model.denoise(input);
      },
    };
    const request = { picture, instruction: "make the boat red", steps: 2, textGuidance: 3, imageGuidance: 2 };
    const predictor = (name: string) => ({
      predict: async () => ({ tasks: [{ name, probability: 0.9 }], edit: 1 }),
    });
    const run = (name: string) =>
      edit(watched, { ...request, task: "auto", noise: seededNoise(1) }, { predictor: predictor(name) });
    expect((await run("add")).task.conditioning).toEqual({});
    expect(seen.every(({ task, expert }) => task === undefined && expert === undefined)).toBe(true);
    seen.length = 0;
    expect((await run("style")).task.name).toBe("style");
    expect(seen).toHaveLength(6);
    expect(seen.every(({ expert }) => expert === "global")).toBe(true);
    expect(seen.filter(({ task }) => task!.every((value) => value === 0))).toHaveLength(4);
  });

  it("learns a task as a checkpoint without a table does", async () => {
    const output = { ...picture, data: picture.data.map((value) => 255 - value) };
    const example = { input: picture, output, instruction: "turn all colours round" };
    const request = { name: "negative", examples: [example], seed: 3, steps: 2, resolution: 16 };
    const settings = { batch: 1 };
    const { file } = await learnTask(model, request, {}, settings);
    const { conditioning } = await readLearnedTaskFor(model, file);
    expect(Object.keys(conditioning).sort()).toEqual(["time", "tokens"]);
    const chosen = await chooseTask(model, "negative", "x", {
      learned: [await readLearnedTaskFor(model, file)],
    });
    expect(chosen.conditioning).toEqual(conditioning);
  }, 120_000); // a graph with its gradient takes seconds to prepare, more on a busy machine
});
