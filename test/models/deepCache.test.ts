import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import type { DenoiserInput, TensorData } from "../../gpu-worker/models/EditModel.ts";
import { EditUNet } from "../../gpu-worker/models/unet/EditUNet.ts";
import { goldenFolder, readGolden, relativeError, tolerance } from "./golden.ts";

/** Every how many evaluations the whole network is run: INTERVAL of training/goldens/make_deep_cache.py. */
const interval = 3;
const branches = [0, 1, 2, 3, 5, 9, 11];

describe("DeepCache", () => {
  let unet: EditUNet;
  let golden: Record<string, TensorData>;
  let inputs: DenoiserInput[];
  beforeAll(async () => {
    unet = await EditUNet.open(
      new CheckpointPart(goldenFolder("unet-sd"), "unet"),
      { latentChannels: 4, downscale: 8, hasTasks: false },
      { device: "cpu", threads: 1 },
    );
    golden = await readGolden("deep-cache");
    const { samples, timesteps, context } = golden as Record<"samples" | "timesteps" | "context", TensorData>;
    const [, , h, w] = samples.dims as [number, number, number, number];
    const dims = [1, 4, h, w];
    inputs = [...timesteps.data].map((timestep, i) => {
      const start = i * 8 * h * w;
      return {
        latent: { dims, data: samples.data.slice(start, start + 4 * h * w) },
        image: { dims, data: samples.data.slice(start + 4 * h * w, start + 8 * h * w) },
        text: { states: context, pooled: new Float32Array(0) },
        timestep,
      };
    });
  });
  afterAll(() => unet.close());

  it.each(branches)("equals its authors' implementation over several timesteps, branch %d", async (branch) => {
    const expected = golden[`branch_${branch}`]!.data;
    let kept: TensorData | undefined;
    for (const [i, input] of inputs.entries()) {
      const use = i % interval === 0 ? undefined : kept;
      const { prediction, deep } = await unet.denoiseDeep(input, { branch, ...(use && { use }) });
      expect(deep === undefined).toBe(use !== undefined);
      kept = deep ?? kept;
      const { length } = prediction.data;
      const part = expected.subarray(i * length, (i + 1) * length);
      expect(relativeError(prediction.data, part), `evaluation ${i}`).toBeLessThan(tolerance);
    }
  });

  it.each(branches)(
    "the whole network predicts what it does without a cache, to the bit: branch %d",
    async (branch) => {
      for (const input of inputs) {
        const { prediction } = await unet.denoiseDeep(input, { branch });
        expect(prediction).toEqual(await unet.denoise(input));
      }
    },
  );

  it.each(branches)("its own feature gives the same prediction again: branch %d", async (branch) => {
    const { prediction, deep } = await unet.denoiseDeep(inputs[0]!, { branch });
    const again = await unet.denoiseDeep(inputs[0]!, { branch, use: deep! });
    expect(relativeError(again.prediction.data, prediction.data)).toBeLessThan(1e-6);
  });

  it("refuses a branch that the network does not have", async () => {
    await expect(unet.denoiseDeep(inputs[0]!, { branch: 12 })).rejects.toThrow(/branch 12 .* 12 skip connections/);
  });
});
