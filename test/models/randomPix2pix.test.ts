import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { randomPix2pix } from "../../benchmark/checkpoint/randomPix2pix.ts";
import { readTensors } from "../../gpu-worker/checkpoint/readTensors.ts";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import { goldenFolder } from "./golden.ts";

const golden = goldenFolder("ip2p");
const config = (part: string) => JSON.parse(readFileSync(join(golden, part, "config.json"), "utf8"));
// The synthetic vocabulary's end token is CLIP's.
const configs = {
  unet: config("unet"),
  vae: config("vae"),
  textEncoder: { ...config("text_encoder"), vocab_size: 49_408 },
};

it("a whole random InstructPix2Pix folder has the tensors that diffusers and transformers save, and edits", async () => {
  const folder = mkdtempSync(join(tmpdir(), "emend-random-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await randomPix2pix(folder, configs);
  const shapes = async (root: string, file: string) => {
    const path = join(root, file);
    const { tensors } = await readTensors(path, path);
    // transformers 5 leaves out the prefix that all older checkpoints have; an embedding is as long as the vocabulary.
    const rows = [...tensors].map(([name, { dims }]) => [name.replace("text_model.", ""), [...dims]] as const);
    return Object.fromEntries(rows.filter(([name]) => !name.includes("token_embedding")));
  };
  for (const file of ["unet/diffusion_pytorch_model", "vae/diffusion_pytorch_model", "text_encoder/model"]) {
    const name = `${file}.safetensors`;
    expect(await shapes(folder, name)).toEqual(await shapes(golden, name));
  }
  const engine = await LocalEngine.open(folder, { device: "cpu" });
  onTestFinished(() => engine.close());
  const picture = { width: 32, height: 32, data: new Uint8Array(32 * 32 * 3).fill(90) };
  const result = await engine.edit({ picture, instruction: "Make the thing red", task: "auto", seed: 1, steps: 2 });
  expect(result.evaluations).toBe(6);
});
