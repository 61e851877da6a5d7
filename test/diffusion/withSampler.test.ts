import { expect, it } from "vitest";
import { edit } from "../../gpu-worker/diffusion/edit.ts";
import { seededNoise } from "../../gpu-worker/diffusion/noise.ts";
import { samplerNames, samplers, withSampler } from "../../gpu-worker/diffusion/withSampler.ts";
import { paint } from "../image/pictures.ts";
import { fakeModel } from "./fakeModel.ts";

it("leaves the checkpoint's own sampler alone unless another is asked for", () => {
  const config = { _class_name: "DDIMScheduler", prediction_type: "sample" };
  expect(withSampler(config, undefined)).toBe(config);
  expect(withSampler(config, "euler")).toEqual({ ...config, _class_name: samplers.euler });
});

it.each(samplerNames)("an edit with %s reaches what the network predicts", async (sampler) => {
  const picture = paint(16, 16, (x, y) => [x * 9, y * 9, 70]);
  const request = { picture, instruction: "make it red", task: "add", steps: 3, textGuidance: 1, imageGuidance: 1 };
  const wanted = await edit(fakeModel(), { ...request, noise: seededNoise(1) });
  const { output, evaluations } = await edit(fakeModel(), { ...request, sampler, noise: seededNoise(1) });
  expect(evaluations).toBe(3);
  expect(Math.max(...output.data.map((value, i) => Math.abs(value - wanted.output.data[i]!)))).toBeLessThanOrEqual(1);
});
