import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { hasFastInt8 } from "../../gpu-worker/graph/hasFastInt8.ts";
import { EditUNet } from "../../gpu-worker/models/unet/EditUNet.ts";
import { goldenFolder, readGolden, relativeError } from "./golden.ts";

it("int8 changes a prediction by little, where the processor is good at it, and leaves float32 alone", async () => {
  const home = mkdtempSync(join(tmpdir(), "emend-int8-"));
  vi.stubEnv("EMEND_HOME", home);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true });
  });
  const part = new CheckpointPart(goldenFolder("unet-sd"), "unet");
  const unet = await EditUNet.open(
    part,
    { latentChannels: 4, downscale: 8, hasTasks: false },
    { device: "cpu", threads: 1 },
  );
  onTestFinished(() => unet.close());
  const { sample, context, timestep, out } = await readGolden("unet-sd");
  const dims = [1, 4, ...sample!.dims.slice(2)];
  const half = sample!.data.length / 2;
  const input = {
    latent: { dims, data: sample!.data.slice(0, half) },
    image: { dims, data: sample!.data.slice(half) },
    text: { states: context!, pooled: new Float32Array(0) },
    timestep: timestep!.data[0]!,
  };
  const coarse = await unet.denoise({ ...input, int8: true });
  const { prediction } = await unet.denoiseDeep({ ...input, int8: true }, { branch: 0 });
  expect(relativeError(prediction.data, coarse.data)).toBeLessThan(1e-6);
  const error = relativeError(coarse.data, out!.data);
  expect(error).toBeLessThan(0.03);
  expect(error > 1e-5).toBe(hasFastInt8());
  expect(relativeError((await unet.denoise(input)).data, out!.data)).toBeLessThan(1e-5);
  const made = readdirSync(join(home, "weights"), { recursive: true, encoding: "utf8" }).map((path) => extname(path));
  if (hasFastInt8()) expect(new Set(made)).toEqual(new Set(["", ".json", ".int8"]));
});
