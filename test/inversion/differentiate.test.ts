import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Conditioning } from "../../gpu-worker/models/Conditioning.ts";
import type { DifferentiateInput, EditModel } from "../../gpu-worker/models/EditModel.ts";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { tinyModel } from "../engine/support.ts";
import { wave } from "../graph/evaluate.ts";

const tinyPix2Pix = fileURLToPath(new URL("../golden/ip2p", import.meta.url));

describe.each([
  ["a model with a task table", tinyModel, ["task"]],
  ["the same, with tokens", tinyModel, ["task", "tokens"]],
  ["a model without one", tinyPix2Pix, ["tokens", "time"]],
] as const)("the gradient of the loss by the conditioning: %s", (_, folder, names) => {
  let model: EditModel;
  let input: DifferentiateInput;
  beforeAll(async () => {
    model = await openEditModel(folder, { device: "cpu", threads: 1 });
    const dims = [2, model.latentChannels, 4, 4];
    const data = (phase: number) => Float32Array.from(wave(dims, phase).data);
    const length = dims.reduce((a, b) => a * b);
    const sizes = { task: model.widths.context, tokens: 3 * model.widths.context, time: model.widths.time };
    input = {
      latent: { dims, data: data(1) },
      image: { dims, data: data(2) },
      target: { dims, data: data(3) },
      weights: new Float32Array(length).fill(1 / length),
      timesteps: Float32Array.of(999, 400),
      texts: [await model.encodeText("make the boat red"), await model.encodeText("a dog")],
      conditioning: Object.fromEntries(
        names.map((name, i) => [name, Float32Array.from(wave([sizes[name]], i).data, (value) => value * 0.3)]),
      ),
    };
  });
  afterAll(() => model.close());

  it.each(names)("%s agrees with finite differences", async (name) => {
    const { gradient } = await model.differentiate(input);
    const values = input.conditioning[name]!;
    const direction = wave([values.length], 5).data;
    const at = async (step: number) => {
      const moved = values.map((value, i) => value + step * direction[i]!);
      const conditioning: Conditioning = { ...input.conditioning, [name]: moved };
      return (await model.differentiate({ ...input, conditioning })).loss;
    };
    const step = 0.02;
    const measured = ((await at(step)) - (await at(-step))) / (2 * step);
    const computed = direction.reduce((sum, d, i) => sum + d * gradient[name]![i]!, 0);
    const size = Math.hypot(...gradient[name]!) * Math.hypot(...direction);
    expect(size).toBeGreaterThan(1e-5);
    expect(Math.abs(measured - computed) / size).toBeLessThan(5e-3);
  });
});
