import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edit } from "../../gpu-worker/diffusion/edit.ts";
import { seededNoise } from "../../gpu-worker/diffusion/noise.ts";
import { EngineProcess } from "../../gpu-worker/engine/EngineProcess.ts";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import { StepBatcher } from "../../gpu-worker/engine/StepBatcher.ts";
import type { DenoiserInput, EditModel, TensorData } from "../../gpu-worker/models/EditModel.ts";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { goldenFolder, relativeError } from "../models/golden.ts";
import { isAlive, picture, request, tinyModel, tinyPredictor, until } from "./support.ts";

const requests = [
  { ...request, task: "add", seed: 1, steps: 3, textGuidance: 3 },
  { ...request, task: "remove", seed: 2, steps: 7, imageGuidance: 1 },
  { ...request, task: "color", seed: 3, steps: 5, instruction: "make it darker" },
  { ...request, task: "add", seed: 4, steps: 2 },
  { ...request, task: "add", seed: 5, steps: 4 },
];

/** What came together, of a model that remembers. */
function watched(model: EditModel): { model: EditModel; sizes: number[] } {
  const sizes: number[] = [];
  const denoiseBatch = (inputs: readonly DenoiserInput[]) => {
    sizes.push(inputs.length);
    return model.denoiseBatch(inputs);
  };
  return { model: { ...model, denoiseBatch }, sizes };
}

describe.each([
  ["emend's own", tinyModel],
  ["an InstructPix2Pix checkpoint", goldenFolder("ip2p")],
])("batched steps of %s", (_, folder) => {
  let model: EditModel;
  beforeAll(async () => {
    model = await openEditModel(folder, { device: "cpu", batch: 8 });
  });
  afterAll(() => model.close());

  /** The latent that an edit ends with: what `decodeLatent` is given last. */
  async function latentOf(each: (typeof requests)[number], denoise: EditModel["denoise"], together: boolean) {
    let latent: TensorData | undefined;
    const decodeLatent = (value: TensorData) => {
      latent = value;
      return model.decodeLatent(value);
    };
    const { instruction, seed, steps, task } = each;
    await edit(
      { ...model, denoise, decodeLatent },
      {
        textGuidance: model.defaults.textGuidance,
        imageGuidance: model.defaults.imageGuidance,
        ...each,
        ...{ picture, instruction, steps, noise: seededNoise(seed), task: model.tasks.has(task) ? task : {} },
        learned: [],
      },
      { previews: false, branchesTogether: together },
    );
    return latent!.data;
  }

  it.each([false, true])("are those of edits alone, branches together: %s", async (together) => {
    const alone: Float32Array[] = [];
    for (const each of requests) alone.push(await latentOf(each, model.denoise, false));
    const { model: seen, sizes } = watched(model);
    const batcher = new StepBatcher(seen);
    const batched = await Promise.all(
      requests.map((each) => latentOf(each, (input) => batcher.denoise(input), together)),
    );
    for (const [i, latent] of batched.entries()) expect(relativeError(latent, alone[i]!)).toBeLessThan(1e-5);
    expect(Math.max(...sizes)).toBeGreaterThanOrEqual(together ? 13 : 5);
  });

  it("are padded, split and independent of their neighbours", async () => {
    const image = await model.encodeImage(picture);
    const text = await model.encodeText("make the boat red");
    const noise = seededNoise(3);
    const time = new Float32Array(model.widths.time).fill(0.1);
    const inputs = Array.from({ length: 19 }, (_, i) => ({
      latent: { dims: image.dims, data: noise(i, image.data.length) },
      image,
      text,
      timestep: 50 * i + 1,
      ...(model.tasks.size > 0 ? { task: [...model.tasks.values()][i % 3]! } : i % 2 ? { time } : {}),
    })) as DenoiserInput[];
    const all = await model.denoiseBatch(inputs);
    expect(all).toHaveLength(19);
    for (const [i, input] of inputs.entries()) {
      const single = await model.denoise(input);
      expect(all[i]!.dims).toEqual(single.dims);
      expect(relativeError(all[i]!.data, single.data)).toBeLessThan(1e-5);
    }
  });
});

describe("LocalEngine with a batch", () => {
  const options = { device: "cpu", predictor: tinyPredictor, batch: 4 } as const;
  let engine: LocalEngine;
  let single: LocalEngine;
  beforeAll(async () => {
    engine = await LocalEngine.open(tinyModel, options);
    single = await LocalEngine.open(tinyModel, { device: "cpu", predictor: tinyPredictor });
  });
  afterAll(async () => void (await Promise.all([engine.close(), single.close()])));

  it("runs edits side by side, with the pictures of edits alone", async () => {
    const order: string[] = [];
    const results = await Promise.all(
      requests.map((each) => engine.edit(each, { onProgress: ({ step }) => order.push(`${each.seed}.${step}`) })),
    );
    expect(engine.info.concurrency).toBe(4);
    expect(single.info.concurrency).toBe(1);
    expect(order.slice(0, 4).toSorted()).toEqual(["1.1", "2.1", "3.1", "4.1"]);
    for (const [i, each] of requests.entries()) {
      const { picture: alone, evaluations } = await single.edit(each);
      const differences = results[i]!.picture.data.map((value, at) => Math.abs(value - alone.data[at]!));
      expect(Math.max(...differences)).toBeLessThanOrEqual(1); // rounding, where it falls between two bytes
      expect(results[i]!.evaluations).toBe(evaluations);
    }
  });

  it("goes on with the others when one is cancelled, and when one fails", async () => {
    const controller = new AbortController();
    const cancelled = engine.edit(
      { ...requests[1]!, steps: 50 },
      { signal: controller.signal, onProgress: ({ step }) => step === 3 && controller.abort() },
    );
    const broken = engine.edit({ ...requests[0]!, picture: { width: 9, height: 9, data: new Uint8Array(1) } });
    const kept = engine.edit({ ...requests[2]!, steps: 20 });
    const [a, b, c] = await Promise.allSettled([cancelled, broken, kept]);
    expect(a).toMatchObject({ status: "rejected", reason: { code: "cancelled" } });
    expect(b.status).toBe("rejected");
    expect(c).toMatchObject({ status: "fulfilled", value: { steps: 20 } });
  });
});

describe("EngineProcess with a batch", () => {
  const start = () =>
    EngineProcess.start({
      folder: tinyModel,
      predictor: tinyPredictor,
      device: "cpu",
      batch: 3,
      backoffMilliseconds: 20,
      graceMilliseconds: 300,
    });

  it("runs edits side by side", async () => {
    const engine = await start();
    const order: string[] = [];
    await Promise.all(
      ["a", "b"].map((name) =>
        engine.edit({ ...request, steps: 30 }, { onProgress: ({ step }) => order.push(`${name}${step}`) }),
      ),
    );
    expect(order.indexOf("b1")).toBeLessThan(order.indexOf("a30"));
    expect(order.indexOf("a1")).toBeLessThan(order.indexOf("b30"));
    await engine.close();
  });

  it("does the others anew when the child had to be killed for one", async () => {
    const engine = await start();
    const pid = engine.pid!;
    const controller = new AbortController();
    const stuck = engine.edit(
      { ...request, steps: 200 },
      {
        signal: controller.signal,
        onProgress: ({ step }) => {
          if (step !== 2) return;
          process.kill(pid, "SIGSTOP"); // as if an evaluation never ended
          controller.abort();
        },
      },
    );
    const others = [6, 7].map((seed) => engine.edit({ ...request, seed, steps: 150 }));
    const [killed, ...redone] = await Promise.allSettled([stuck, ...others]);
    expect(killed).toMatchObject({ status: "rejected", reason: { code: "cancelled" } });
    expect(redone).toMatchObject([
      { status: "fulfilled", value: { seed: 6, steps: 150 } },
      { status: "fulfilled", value: { seed: 7, steps: 150 } },
    ]);
    expect(isAlive(pid)).toBe(false);
    await engine.close();
  });

  it("survives a crash with several edits in it", async () => {
    const engine = await start();
    const pid = engine.pid!;
    let crashed = false;
    const onProgress = () => {
      if (crashed) return;
      crashed = true;
      process.kill(pid, "SIGKILL");
    };
    const edits = [6, 7].map((seed) => engine.edit({ ...request, seed, steps: 100 }, { onProgress }));
    expect((await Promise.all(edits)).map(({ seed }) => seed)).toEqual([6, 7]);
    await until(() => engine.pid !== pid);
    await engine.close();
  });
});
