import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { textEncoderConfig } from "../../gpu-worker/checkpoint/ldm/textEncoderConfig.ts";
import { textEncoderTensors } from "../../gpu-worker/checkpoint/ldm/textEncoderTensors.ts";
import { unetConfig } from "../../gpu-worker/checkpoint/ldm/unetConfig.ts";
import { unetTensors } from "../../gpu-worker/checkpoint/ldm/unetTensors.ts";
import { vaeConfig } from "../../gpu-worker/checkpoint/ldm/vaeConfig.ts";
import { vaeTensors } from "../../gpu-worker/checkpoint/ldm/vaeTensors.ts";
import type { StoredTensor } from "../../gpu-worker/checkpoint/StoredTensor.ts";
import { clipTextConfigSchema } from "../../gpu-worker/models/clip/config.ts";
import { goldenFolder } from "../models/golden.ts";

/** Names, shapes and configs of InstructPix2Pix at its full size, as diffusers reads them. */
const golden = JSON.parse(readFileSync(`${goldenFolder("ldm-names")}/names.json`, "utf8")) as {
  shapes: Record<string, number[]>;
  names: Record<"unet" | "vae", Record<string, string>>;
  configs: Record<"unet" | "vae", Record<string, unknown>>;
};

/** The file's tensors; the label says which one it is. */
const all = new Map<string, StoredTensor>(
  Object.entries(golden.shapes).map(([name, dims]) => [
    name,
    { dtype: "F32", dims, offset: 0, length: 0, file: "f", label: name },
  ]),
);

const pick = (config: Record<string, unknown>, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, config[key]]));

describe("the names of InstructPix2Pix's single file", () => {
  it.each([
    ["unet", unetTensors],
    ["vae", vaeTensors],
  ] as const)("are mapped to diffusers' as its converter does: %s", (part, convert) => {
    const found = Object.fromEntries([...convert("f", all)].map(([name, { label }]) => [name, label]));
    expect(found).toEqual(golden.names[part]);
  });

  it("give the configs of Stable Diffusion 1.5, with eight channels", () => {
    const unet = unetConfig("f", unetTensors("f", all));
    expect(unet).toEqual({
      ...pick(golden.configs.unet, Object.keys(unet)),
      sample_size: 64, // for pictures of 512
      layers_per_block: [2, 2, 2, 2],
      transformer_layers_per_block: [1, 1, 1, 1],
    });
    const vae = vaeConfig("f", vaeTensors("f", all));
    expect(vae).toEqual(pick(golden.configs.vae, Object.keys(vae)));
    expect(clipTextConfigSchema.parse(textEncoderConfig("f", textEncoderTensors("f", all)))).toEqual({
      vocab_size: 49408,
      hidden_size: 768,
      intermediate_size: 3072,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      max_position_embeddings: 77,
      projection_dim: 512,
      hidden_act: "quick_gelu",
      layer_norm_eps: 1e-5,
      eos_token_id: 2,
    });
  });

  it("take the moving average where there is one, and the weights themselves where not", () => {
    const name = "model.diffusion_model.input_blocks.1.0.in_layers.2.weight";
    const average = "model_ema.diffusion_modelinput_blocks10in_layers2weight";
    const found = unetTensors("f", new Map([...all, [average, { ...all.get(name)!, label: average }]]));
    expect(found.get("down_blocks.0.resnets.0.conv1.weight")?.label).toBe(average);
    expect(found.get("down_blocks.0.resnets.0.conv1.bias")?.label).toBe(name.replace("weight", "bias"));
  });
});
