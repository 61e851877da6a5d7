import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { goldenFolder } from "./golden.ts";

/** A copy of a golden checkpoint that a test may break. */
function copyOf(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), "emend-model-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(goldenFolder(name), folder, { recursive: true });
  return folder;
}

function change(file: string, values: Record<string, unknown>): void {
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), ...values }));
}

async function problemOf(folder: string): Promise<string> {
  try {
    await (await openEditModel(folder, { device: "cpu", threads: 1 })).close();
  } catch (error) {
    expect(error).toBeInstanceOf(EmendError);
    expect(error).toMatchObject({ code: "bad_model", message: expect.stringMatching(/^[^\n]+$/) });
    return (error as Error).message.replace(folder, "MODEL");
  }
  throw new Error("the checkpoint was accepted");
}

describe("a checkpoint that cannot be used", () => {
  it("because there is no such folder", async () => {
    expect(await problemOf(join(tmpdir(), "emend-no-such-model"))).toMatch(/no such checkpoint folder/);
  });

  it.each([
    "model_index.json",
    "scheduler/scheduler_config.json",
    "unet/config.json",
    "unet/diffusion_pytorch_model.safetensors",
    "vae/config.json",
    "vae/diffusion_pytorch_model.safetensors",
    "text_encoder/config.json",
    "text_encoder/model.safetensors",
    "tokenizer/tokenizer_config.json",
    "tokenizer/vocab.json",
    "tokenizer/merges.txt",
  ])("because %s is missing", async (file) => {
    const folder = copyOf("ip2p");
    expect(existsSync(join(folder, file))).toBe(true);
    rmSync(join(folder, file));
    expect(await problemOf(folder)).toBe(`MODEL/${file}: is missing from the checkpoint folder`);
  });

  it.each([
    ["tasks/config.json", /tasks\/config\.json: is missing/],
    ["tasks/model.safetensors", /tasks\/model\.safetensors: is missing/],
    ["edit_head", /unet\/config\.json: in_channels/],
    ["image_codec", /vae\/config\.json: is missing/],
    ["tasks", /unet\/config\.json: class_embed_type.* needs a tasks folder/],
  ])("because emend's own %s is missing", async (file, message) => {
    const folder = copyOf("mini");
    rmSync(join(folder, file), { recursive: true });
    expect(await problemOf(folder)).toMatch(message);
  });

  it("because the weights are cut in half", async () => {
    const folder = copyOf("ip2p");
    const file = join(folder, "unet/diffusion_pytorch_model.safetensors");
    truncateSync(file, Math.floor(readFileSync(file).length / 2));
    expect(await problemOf(folder)).toMatch(
      /^MODEL\/unet\/diffusion_pytorch_model\.safetensors: is cut short: .* download it again$/,
    );
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ["unet", { act_fn: "mish" }, /unet\/config\.json: act_fn = "mish": /],
    ["unet", { addition_embed_type: "image_hint" }, /addition_embed_type = "image_hint": not supported, only "text_t/],
    [
      "unet",
      { addition_embed_type: "text_time" },
      /projection_class_embeddings_input_dim = null: is needed for text_time/,
    ],
    ["unet", { dual_cross_attention: true }, /dual_cross_attention = true: not supported, only false/],
    ["unet", { time_cond_proj_dim: 256 }, /time_cond_proj_dim = 256: not supported/],
    ["unet", { a_switch_of_tomorrow: "on" }, /a_switch_of_tomorrow = "on": not supported, the switch is unknown/],
    [
      "unet",
      { down_block_types: ["AttnDownBlock2D", "DownBlock2D", "DownBlock2D"] },
      /down_block_types\.0 = "AttnDownBlock2D"/,
    ],
    ["unet", { layers_per_block: [1, 2] }, /layers_per_block = \[1,2\]: must have 3 entries/],
    ["unet", { norm_num_groups: 3 }, /norm_num_groups = 3: does not divide/],
    ["unet", { attention_head_dim: 3 }, /attention_head_dim = 3: .*does not divide/],
    ["unet", { in_channels: 4 }, /in_channels: 4; an editing model has 8 here \(this is a text-to-image model/],
    ["unet", { out_channels: 8 }, /out_channels: 8, not 4/],
    ["unet", { cross_attention_dim: 16 }, /tensor ".*" is \[.*\], its config\.json asks for/],
    ["unet", { class_embed_type: "projection" }, /projection_class_embeddings_input_dim = null: is needed/],
    ["unet", { num_class_embeds: 3 }, /class_embed_type.* needs a tasks folder/],
    ["vae", { latent_channels: 16 }, /is \[.*\], its config\.json asks for/],
    ["vae", { shift_factor: 0.1 }, /vae\/config\.json: shift_factor = 0\.1: not supported/],
    ["text_encoder", { hidden_act: "relu" }, /text_encoder\/config\.json: hidden_act = "relu"/],
    ["text_encoder", { num_hidden_layers: 3 }, /model\.safetensors: tensor ".*layers\.2.*" is missing/],
    ["text_encoder", { num_attention_heads: 5 }, /num_attention_heads = 5: does not divide hidden_size/],
    ["text_encoder", { model_type: "t5" }, /model_type = "t5": not supported/],
  ])("because %s/config.json has %o", async (part, values, message) => {
    const folder = copyOf("ip2p");
    change(join(folder, part, "config.json"), values);
    expect(await problemOf(folder)).toMatch(message);
  });

  it.each<[string, string, Record<string, unknown>, RegExp]>([
    ["sdxl", "unet/config.json", { addition_time_embed_dim: null }, /addition_time_embed_dim = null: is needed/],
    [
      "sdxl",
      "unet/config.json",
      { addition_time_embed_dim: 8 },
      /_input_dim: leaves 8 numbers for the pooled text, which has 20/,
    ],
    ["sdxl", "unet/config.json", { transformer_layers_per_block: [1, [1], 2] }, /transformer_layers_per_block/],
    ["sdxl", "text_encoder_2/config.json", { projection_dim: 7 }, /text_projection.weight" is \[20, 16\], its config/],
    ["sdxl", "model_index.json", { is_cosxl_edit: true }, /model_index\.json: is_cosxl_edit = true: not supported/],
    [
      "emend-t5",
      "text_encoder_t5/config.json",
      { feed_forward_proj: "gated-silu" },
      /feed_forward_proj = "gated-silu"/,
    ],
    [
      "emend-t5",
      "text_encoder_t5/config.json",
      { d_ff: 21 },
      /tensor "encoder\.block\.0.*" is \[.*\], its config\.json/,
    ],
    ["emend-t5", "text_encoder_t5/config.json", { is_decoder: true }, /is_decoder = true: not supported, only false/],
    ["emend-t5", "text_encoder_t5/config.json", { model_type: "umt5" }, /model_type = "umt5": not supported/],
  ])("of another family, because %s/%s has %o", async (name, file, values, message) => {
    const folder = copyOf(name);
    change(join(folder, file), values);
    expect(await problemOf(folder)).toMatch(message);
  });

  it("because T5's states do not have the width of CLIP's", async () => {
    const folder = copyOf("emend-t5");
    rmSync(join(folder, "text_projection"), { recursive: true });
    expect(await problemOf(folder)).toMatch(
      /text_encoder_t5: its states have 10 numbers, those of text_encoder 12; text_projection must bring/,
    );
  });

  it("because T5's spiece.model is none", async () => {
    const folder = copyOf("emend-t5");
    renameSync(join(folder, "tokenizer_t5/tokenizer.json"), join(folder, "tokenizer_t5/spiece.model"));
    expect(await problemOf(folder)).toMatch(/tokenizer_t5\/spiece\.model: is not a SentencePiece model/);
  });

  it("because a config is not JSON", async () => {
    const folder = copyOf("ip2p");
    writeFileSync(join(folder, "unet/config.json"), "not json");
    expect(await problemOf(folder)).toBe("MODEL/unet/config.json: is not JSON; download it again");
  });

  it("because the tokenizer has no padding token, or is no tokenizer", async () => {
    const folder = copyOf("mini");
    change(join(folder, "tokenizer/tokenizer_config.json"), { pad_token: "<none>" });
    expect(await problemOf(folder)).toMatch(/tokenizer_config\.json: pad_token: no token "<none>"/);
    writeFileSync(join(folder, "tokenizer/tokenizer.json"), "{}");
    expect(await problemOf(folder)).toMatch(/tokenizer\.json: is not a tokenizer that we read/);
  });

  it("because the task table does not fit", async () => {
    const folder = copyOf("mini");
    change(join(folder, "tasks/config.json"), { tasks: ["add", "add", "color"] });
    expect(await problemOf(folder)).toMatch(/tasks: a name is there twice/);
    change(join(folder, "tasks/config.json"), { tasks: ["add"] });
    expect(await problemOf(folder)).toMatch(
      /tensor "task_embeddings" is \[3, 12\], its config\.json asks for \[1, 12\]/,
    );
    change(join(folder, "tasks/config.json"), { dim: 7 });
    expect(await problemOf(folder)).toMatch(/dim: 7 is not the U-Net's 12/);
  });
});
