import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EngineOptions, LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import { goldenFolder } from "../models/golden.ts";
import { picture, request, tinyModel, tinyPredictor } from "./support.ts";

describe("LocalEngine", () => {
  let engine: LocalEngine;
  beforeAll(async () => {
    engine = await LocalEngine.open(tinyModel, { device: "cpu", predictor: tinyPredictor });
  });
  afterAll(() => engine.close());

  it("tells what it is", () => {
    expect(engine.info).toMatchObject({ model: "mini", device: "cpu", tasks: ["add", "remove", "color"] });
    expect(engine.info.loadMilliseconds).toBeGreaterThan(0);
  });

  it("edits with the checkpoint's defaults and says what it used", async () => {
    const result = await engine.edit(request);
    expect([result.picture.width, result.picture.height]).toEqual([picture.width, picture.height]);
    expect(result).toMatchObject({ seed: 5, ...engine.info.defaults });
    expect(result.evaluations).toBe(3 * result.steps);
    expect(result.tasks.map(({ name }) => name).toSorted()).toEqual(["add", "color", "remove"]);
    expect(result.tasks.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
    expect(result.task).toBe(result.tasks[0]!.name);
    expect(result.edit).toBeGreaterThan(0);
  });

  it("needs a named task without a predictor, and none without tasks", async () => {
    const plain = await LocalEngine.open(tinyModel, { device: "cpu" });
    await expect(plain.edit(request)).rejects.toMatchObject({ code: "unknown_task" });
    expect(await plain.edit({ ...request, task: "add" })).toMatchObject({ task: "add", tasks: [] });
    await plain.close();
    const pix2pix = await LocalEngine.open(goldenFolder("ip2p"), { device: "cpu" });
    expect((await pix2pix.edit({ ...request, steps: 1 })).tasks).toEqual([]);
    await pix2pix.close();
  });

  it("decodes results by the tiny autoencoder under the fast profile, or when it is told to", async () => {
    const taesd = `${goldenFolder("taesd-tiny")}/vae`;
    const edited = async (profile: "exact" | "fast", options: Partial<EngineOptions>) => {
      const each = await LocalEngine.open(goldenFolder("ip2p"), { device: "cpu", ...options });
      const { picture, profile: made } = await each.edit({ ...request, steps: 2, profile });
      await each.close();
      return { decoder: made.decoder, picture };
    };
    const fast = await edited("fast", { taesd });
    const fastFull = await edited("fast", { taesd, decoder: "full" });
    expect([fast.decoder, fastFull.decoder]).toEqual(["tiny", "full"]);
    expect(fast.picture).not.toEqual(fastFull.picture);
    expect(await edited("fast", {})).toEqual(fastFull);
    const exact = await edited("exact", { taesd });
    expect(exact.decoder).toBe("full");
    expect((await edited("exact", { taesd, decoder: "tiny" })).picture).not.toEqual(exact.picture);
  });

  it("refuses a tiny decoder where there is none", async () => {
    await expect(LocalEngine.open(tinyModel, { device: "cpu", decoder: "tiny" })).rejects.toMatchObject({
      code: "bad_usage",
      message: expect.stringMatching(/^decoder tiny: mini has no tiny autoencoder; .*EMEND_TAESD/),
    });
  });

  it("refuses a predictor folder that is not there", async () => {
    const opening = LocalEngine.open(tinyModel, { device: "cpu", predictor: "/nowhere" });
    await expect(opening).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringContaining("EMEND_PREDICTOR"),
    });
  });

  it("gives the same pixels for the same seed, and others for another", async () => {
    const { picture: first } = await engine.edit(request);
    expect((await engine.edit(request)).picture).toEqual(first);
    expect((await engine.edit({ ...request, seed: 6 })).picture).not.toEqual(first);
  });

  it("takes one edit at a time, in order, whatever becomes of them", async () => {
    const order: string[] = [];
    const edit = (name: string, change = {}) =>
      engine.edit({ ...request, ...change }, { onProgress: ({ step }) => order.push(`${name}${step}`) });
    const controller = new AbortController();
    const running = [
      edit("a", { steps: 2 }),
      engine.edit(request, { signal: controller.signal }),
      edit("b", { steps: 2 }),
    ];
    controller.abort();
    const [, second] = await Promise.allSettled(running);
    expect(second).toMatchObject({ status: "rejected", reason: { code: "cancelled" } });
    expect(order).toEqual(["a1", "a2", "b1", "b2"]);
  });

  it("refuses what no model can do, and tasks that this one has not", async () => {
    await expect(engine.edit({ ...request, steps: 0 })).rejects.toMatchObject({ code: "bad_usage" });
    await expect(engine.edit({ ...request, task: "dance" })).rejects.toMatchObject({ code: "unknown_task" });
  });

  it("refuses a folder that is no checkpoint", async () => {
    const folder = new URL(".", import.meta.url).pathname;
    await expect(LocalEngine.open(folder, { device: "cpu" })).rejects.toMatchObject({ code: "bad_model" });
  });
});
