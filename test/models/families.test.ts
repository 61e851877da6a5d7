import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { edit } from "../../gpu-worker/diffusion/edit.ts";
import { seededNoise } from "../../gpu-worker/diffusion/noise.ts";
import { decodePicture } from "../../gpu-worker/image/decodePicture.ts";
import type { Conditioning } from "../../gpu-worker/models/Conditioning.ts";
import type { EditModel } from "../../gpu-worker/models/EditModel.ts";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { TextTokenizer } from "../../gpu-worker/models/tokenizer/TextTokenizer.ts";
import { learnTask } from "../../gpu-worker/tasks/inversion/learnTask.ts";
import { readLearnedTaskFor } from "../../gpu-worker/tasks/learned/readLearnedTaskFor.ts";
import { goldenFolder, readGolden, relativeError, tolerance } from "./golden.ts";

/** Measured below 3e-6 for single gradients; the sums behind them are as long as in test/models/unetGradient.test.ts. */
const gradientTolerance = 2e-5;

describe.each([
  ["sd2", "Stable Diffusion 2: OpenCLIP's encoder, linear projections, heads by level"],
  ["sdxl", "SDXL InstructPix2Pix: two encoders, pooled text and sizes beside the time"],
  ["emend-t5", "emend's layout with T5 beside CLIP, projected, with a task table"],
])("%s, %s", (name) => {
  let model: EditModel;
  let golden: Awaited<ReturnType<typeof readGolden>>;
  beforeAll(async () => {
    model = await openEditModel(goldenFolder(name), { device: "cpu", threads: 1 });
    golden = await readGolden(name);
  });
  afterAll(() => model.close());

  it.each([
    ["make the boat red", "states", "pooled"],
    ["", "empty_states", "empty_pooled"],
  ])("encodes %j as the reference does", async (text, states, pooled) => {
    const encoded = await model.encodeText(text);
    expect(encoded.states.dims).toEqual(golden[states]!.dims);
    if (golden[states]!.data.every((value) => value === 0)) {
      expect([...encoded.states.data, ...encoded.pooled].every((value) => value === 0)).toBe(true);
      return;
    }
    expect(relativeError(encoded.states.data, golden[states]!.data)).toBeLessThan(tolerance);
    expect(relativeError(encoded.pooled, golden[pooled]!.data)).toBeLessThan(tolerance);
  });

  it("predicts what the reference predicts", async () => {
    const task = model.tasks.get("color");
    const out = await model.denoise({
      latent: golden.noisy!,
      image: golden.image!,
      timestep: golden.timestep!.data[0]!,
      text: await model.encodeText("make the boat red"),
      ...(task && { task }),
    });
    expect(relativeError(out.data, golden.out!.data)).toBeLessThan(tolerance);
  });

  it("differentiates what task inversion learns as PyTorch does", async () => {
    const { data } = golden.batch_target!;
    const text = await model.encodeText("make the boat red");
    const parts = (["task", "tokens", "time"] as const).filter((part) => golden[part]);
    const { loss, gradient } = await model.differentiate({
      latent: golden.batch_latent!,
      image: golden.batch_image!,
      target: golden.batch_target!,
      weights: new Float32Array(data.length).fill(1 / data.length),
      timesteps: golden.batch_timesteps!.data,
      texts: [text, text],
      conditioning: Object.fromEntries(parts.map((part) => [part, golden[part]!.data])),
    });
    expect(Math.abs(loss / golden.loss!.data[0]! - 1)).toBeLessThan(gradientTolerance);
    for (const part of parts) {
      expect(relativeError(gradient[part]!, golden[`d_${part}`]!.data), part).toBeLessThan(gradientTolerance);
    }
  });
});

describe("a task learned on", () => {
  it.each(["sd2", "sdxl", "emend-t5"])(
    "%s changes its edits, and nothing when it is zero",
    async (name) => {
      const model = await openEditModel(goldenFolder(name), { device: "cpu", threads: 1 });
      const input = { width: 32, height: 32, data: Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * 7) % 251) };
      const output = { ...input, data: input.data.map((value) => 255 - value) };
      const instruction = "turn all colours round";
      const request = {
        name: "negative",
        examples: [{ input, output, instruction }],
        seed: 3,
        steps: 4,
        resolution: 16,
      };
      const { file, losses } = await learnTask(model, request, {}, { batch: 1, every: 1, start: "zero" });
      expect(Math.min(...losses.map(([, loss]) => loss))).toBeLessThan(losses[0]![1]);
      const { conditioning } = await readLearnedTaskFor(model, file);
      const run = async (task: Conditioning) => {
        const settings = { steps: 2, textGuidance: 3, imageGuidance: 1.5, noise: seededNoise(1) };
        return (await edit(model, { picture: input, instruction, task, ...settings })).output.data;
      };
      const zero = Object.fromEntries(
        Object.entries(conditioning).map(([part, values]) => [part, new Float32Array(values.length)]),
      );
      const plain = await run({});
      expect(await run(zero)).toEqual(plain);
      expect(await run(conditioning)).not.toEqual(plain);
      await model.close();
    },
    120_000,
  ); // a graph with its gradient takes seconds to prepare, more on a busy machine
});

/** Made by training/goldens/make_families.py from diffusers' pipelines. */
interface Edits {
  seed: number;
  instruction: string;
  cases: {
    config: Record<string, unknown>;
    steps: number;
    textGuidance: number;
    imageGuidance: number;
    picture: string;
  }[];
}

describe.each(["sd2", "sdxl"])("a whole edit with %s", (name) => {
  const folder = `${goldenFolder(name)}/pipeline`;
  const read = (file: string) => readFileSync(`${folder}/${file}`);
  const picture = (file: string) => decodePicture(read(file), { maxPixels: 1e6, maxBytes: 1e6 });
  const edits: Edits = JSON.parse(read("cases.json").toString());

  it.each(edits.cases)("meets diffusers: $config._class_name, $steps steps, s_I $imageGuidance", async (each) => {
    const model = await openEditModel(goldenFolder(name), { device: "cpu" });
    const latents = await readGolden(`${name}/pipeline`, "latents");
    let latent = new Float32Array();
    const watched: EditModel = {
      ...model,
      schedulerConfig: each.config,
      decodeLatent(value) {
        latent = Float32Array.from(value.data);
        return model.decodeLatent(value);
      },
    };
    const { output } = await edit(watched, {
      ...each,
      picture: await picture("source.png"),
      instruction: edits.instruction,
      task: "auto",
      noise: seededNoise(edits.seed),
    });
    const expected = await picture(each.picture);
    expect(relativeError(latent, latents[`latent_${each.picture.replace(".png", "")}`]!.data)).toBeLessThan(1e-4);
    const worst = output.data.reduce((most, value, i) => Math.max(most, Math.abs(value - expected.data[i]!)), 0);
    expect(worst).toBeLessThanOrEqual(2);
    await model.close();
  });
});

describe("SDXL without force_zeros_for_empty_prompt", () => {
  it("encodes no instruction like any other", async () => {
    const folder = mkdtempSync(join(tmpdir(), "emend-sdxl-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(goldenFolder("sdxl"), folder, { recursive: true });
    const index = join(folder, "model_index.json");
    const json = JSON.parse(readFileSync(index, "utf8"));
    writeFileSync(index, JSON.stringify({ ...json, force_zeros_for_empty_prompt: false }));
    const model = await openEditModel(folder, { device: "cpu", threads: 1 });
    const golden = await readGolden("sdxl");
    const { states, pooled } = await model.encodeText("");
    expect(relativeError(states.data, golden.plain_empty_states!.data)).toBeLessThan(tolerance);
    expect(relativeError(pooled, golden.plain_empty_pooled!.data)).toBeLessThan(tolerance);
    await model.close();
  });
});

describe("SDXL's second tokenizer", () => {
  it('takes "!" for padding, as the reference does', async () => {
    const tokenizer = await TextTokenizer.open(new CheckpointPart(goldenFolder("sdxl"), "tokenizer_2"), 77);
    const expected = JSON.parse(readFileSync(`${goldenFolder("sdxl")}/texts.json`, "utf8")) as Record<string, number[]>;
    for (const [text, ids] of Object.entries(expected)) expect(tokenizer.encode(text), text).toEqual(ids);
  });
});
