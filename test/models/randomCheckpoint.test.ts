import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { makeRandomCheckpoint } from "../../benchmark/randomCheckpoint.ts";
import { readTensors } from "../../gpu-worker/checkpoint/readTensors.ts";
import { goldenFolder } from "./golden.ts";

it.each(["unet-sd", "unet-heads", "unet-scale-shift", "mini"])(
  "a random checkpoint has the tensors that diffusers saves: %s",
  async (name) => {
    const folder = mkdtempSync(join(tmpdir(), "emend-random-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    await makeRandomCheckpoint(folder, JSON.parse(readFileSync(`${goldenFolder(name)}/unet/config.json`, "utf8")));
    const shapes = async (root: string) => {
      const file = `${root}/unet/diffusion_pytorch_model.safetensors`;
      const { tensors } = await readTensors(file, file);
      return Object.fromEntries([...tensors].map(([key, { dtype, dims }]) => [key, [dtype, dims]]));
    };
    expect(await shapes(folder)).toEqual(await shapes(goldenFolder(name)));
  },
);
