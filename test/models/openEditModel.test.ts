import { describe, expect, it } from "vitest";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { goldenFolder, readGolden, relativeError, tolerance } from "./golden.ts";

const open = (name: string) => openEditModel(goldenFolder(name), { device: "cpu", threads: 1 });

describe("openEditModel", () => {
  it("opens emend's own layout and computes what the reference computes", async () => {
    const model = await open("mini");
    const golden = await readGolden("mini");
    expect(model).toMatchObject({
      name: "mini",
      device: "cpu",
      multiple: 4,
      resolution: 16,
      latentChannels: 12,
      downscale: 2,
      defaults: { steps: 4, textGuidance: 2, imageGuidance: 1.5 },
      schedulerConfig: { prediction_type: "sample", rescale_betas_zero_snr: true, timestep_spacing: "trailing" },
    });
    expect([...model.tasks.keys()]).toEqual(["add", "remove", "color"]);

    const text = await model.encodeText("make the boat red");
    expect(relativeError(text.states.data, golden.states!.data)).toBeLessThan(tolerance);

    const out = await model.denoise({
      latent: golden.noisy!,
      image: golden.source!,
      timestep: golden.timestep!.data[0]!,
      text,
      task: model.tasks.get("color")!,
    });
    expect(out.dims).toEqual(golden.out!.dims);
    expect(relativeError(out.data, golden.out!.data)).toBeLessThan(tolerance);
    await model.close();
  });

  it("opens an InstructPix2Pix folder as diffusers saves it", async () => {
    const model = await open("ip2p");
    expect(model).toMatchObject({ multiple: 16, resolution: 32, latentChannels: 4, downscale: 4 });
    expect(model.tasks.size).toBe(0);
    const picture = { width: 32, height: 16, data: new Uint8Array(32 * 16 * 3).fill(200) };
    const image = await model.encodeImage(picture);
    expect(image.dims).toEqual([1, 4, 4, 8]);
    const text = await model.encodeText("make the boat red");
    const out = await model.denoise({ latent: image, image, timestep: 10, text });
    expect(out.dims).toEqual(image.dims);
    expect(await model.decodeLatent(out)).toMatchObject({ width: 32, height: 16 });
    await model.close();
  });
});
