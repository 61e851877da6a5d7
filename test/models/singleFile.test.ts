import { execFileSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { toPlanes } from "../../gpu-worker/models/planes.ts";
import { folderWith, safetensors, tensorsOf } from "../checkpoint/files.ts";
import { lightning, singleFile as original } from "../checkpoint/singleFiles.ts";
import { goldenFolder, readGolden, relativeError, tolerance } from "./golden.ts";

/** A folder with the file, and the small vocabulary that its text encoder was made for. */
function folderOf(name: string, file: Buffer): string {
  const folder = folderWith({});
  writeFileSync(join(folder, name), file);
  cpSync(`${goldenFolder("ldm")}/tokenizer`, join(folder, "tokenizer"), { recursive: true });
  return join(folder, name);
}

const open = (file: string) => openEditModel(file, { device: "cpu", threads: 1 });

describe("a checkpoint in a single file", () => {
  it.each([
    ["editor.safetensors", () => original],
    ["MagicBrush-epoch-52.ckpt", lightning],
  ])("%s computes what diffusers computes after converting it", async (name, file) => {
    const model = await open(folderOf(name, file()));
    expect(model).toMatchObject({
      name: name.replace(/\.\w+$/, ""),
      multiple: 4,
      resolution: 128,
      latentChannels: 4,
      downscale: 2,
      defaults: { steps: 20, textGuidance: 7.5, imageGuidance: 1.5 },
      schedulerConfig: { _class_name: "EulerAncestralDiscreteScheduler", prediction_type: "epsilon" },
    });
    const golden = await readGolden("ldm");
    const text = await model.encodeText("make the boat red");
    expect(relativeError(text.states.data, golden.states!.data)).toBeLessThan(tolerance);
    expect(relativeError(text.pooled, golden.pooled!.data)).toBeLessThan(tolerance);

    const [, height, width] = golden.picture!.dims as [number, number, number];
    const image = await model.encodeImage({ width, height, data: Uint8Array.from(golden.picture!.data) });
    expect(relativeError(image.data, golden.image!.data)).toBeLessThan(tolerance);

    const [noisy, timestep] = [golden.noisy!, golden.timestep!.data[0]!];
    const out = await model.denoise({ latent: noisy, image, timestep, text });
    expect(out.dims).toEqual(golden.out!.dims);
    expect(relativeError(out.data, golden.out!.data)).toBeLessThan(tolerance);

    const decoded = toPlanes(await model.decodeLatent(noisy)).data; // whole steps of colour, cut at black and white
    const expected = golden.decoded!.data.map((value) => Math.min(1, Math.max(-1, value)));
    expect(Math.max(...decoded.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThanOrEqual(1.001 / 255);
    await model.close();
  });

  it.runIf(process.platform !== "win32")("that is a pipe is refused, not waited for", async () => {
    const file = join(folderWith({}), "editor.ckpt");
    execFileSync("mkfifo", [file]);
    await expect(open(file)).rejects.toMatchObject({ code: "bad_model", message: `${file}: is not a file` });
  });

  it("with a vocabulary of its own needs that beside it", async () => {
    const file = join(folderWith({}), "editor.safetensors");
    writeFileSync(file, original);
    await expect(open(file)).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringMatching(
        /its text encoder has 696 tokens, CLIP's vocabulary 49408; put the model's tokenizer/,
      ),
    });
  });

  it.each<[string, (tensors: ReturnType<typeof tensorsOf>) => ReturnType<typeof tensorsOf>, RegExp]>([
    [
      "of text to image",
      (tensors) =>
        tensors.map((tensor) =>
          tensor.name === "model.diffusion_model.input_blocks.0.0.weight"
            ? { ...tensor, dims: [32, 4, 3, 3], data: tensor.data.subarray(0, tensor.data.length / 2) }
            : tensor,
        ),
      /unet\/config\.json: in_channels: 4; an editing model has 8 here \(this is a text-to-image model/,
    ],
    [
      "with a layer of endless channels and no elements",
      (tensors) =>
        tensors.map((tensor) =>
          tensor.name === "model.diffusion_model.input_blocks.1.0.in_layers.2.weight"
            ? { ...tensor, dims: [1e9, 0, 3, 3], data: Buffer.alloc(0) }
            : tensor,
        ),
      /unet\/config\.json: block_out_channels\.0 = 1000000000: absurd/,
    ],
    [
      "without a U-Net, as a part's own weights are",
      (tensors) => tensors.filter(({ name }) => !name.startsWith("model.")),
      /is no whole Stable Diffusion checkpoint .*name a diffusers folder instead/,
    ],
    [
      "with the text encoder of a later Stable Diffusion",
      (tensors) =>
        tensors.map((tensor) => ({ ...tensor, name: tensor.name.replace("model.transformer", "model.model") })),
      /has the text encoder of Stable Diffusion 2 or XL/,
    ],
    [
      "with layers that we do not know",
      (tensors) => [...tensors, { ...tensors[0]!, name: "model.diffusion_model.label_emb.0.0.weight" }],
      /"model\.diffusion_model\.label_emb\.0\.0\.weight" does not belong to Stable Diffusion 1/,
    ],
    [
      "without one of its layers",
      (tensors) => tensors.filter(({ name }) => !name.includes("middle_block.0.in_layers.2.bias")),
      /tensor "mid_block\.resnets\.0\.conv1\.bias" is missing/,
    ],
    [
      "without an autoencoder",
      (tensors) => tensors.filter(({ name }) => !name.startsWith("first_stage_model.")),
      /"decoder\.conv_in\.weight"/,
    ],
  ])("%s is refused with one line", async (_, change, message) => {
    let end = 0;
    const tensors = change(tensorsOf(original));
    const header = Object.fromEntries(
      tensors.map(({ name, dtype, dims, data }) => {
        end += data.length;
        return [name, { dtype, shape: dims, data_offsets: [end - data.length, end] }];
      }),
    );
    const file = folderOf("editor.safetensors", safetensors(header, Buffer.concat(tensors.map(({ data }) => data))));
    await expect(open(file)).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringMatching(/^[^\n]+$/),
    });
    await expect(open(file)).rejects.toThrow(message);
  });
});
