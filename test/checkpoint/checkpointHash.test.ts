import { execFileSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkpointHash } from "../../gpu-worker/checkpoint/checkpointHash.ts";
import { floatFile, folderWith } from "./files.ts";
import { asm } from "./pickle/assembler.ts";
import { torchZip } from "./pickle/torchZip.ts";

const files = (values: number[]) => ({
  "model_index.json": "{}",
  "unet/config.json": "{}",
  "unet/model.safetensors": floatFile({ a: { shape: [values.length], values } }),
});

describe("checkpointHash", () => {
  it("is the same for the same files elsewhere, and ignores what is not part of the checkpoint", async () => {
    const first = folderWith(files([1, 2]));
    const second = folderWith({ ...files([1, 2]), "README.md": "hello", "preview/a.json": "{}" });
    expect(await checkpointHash(second)).toBe(await checkpointHash(first));
  });

  it.each([
    "text_encoder_2",
    "tokenizer_2",
    "text_encoder_t5",
    "tokenizer_t5",
    "text_projection",
    "experts",
    "image_encoder",
  ])("changes with %s, which not every checkpoint has", async (part) => {
    const before = await checkpointHash(folderWith(files([1, 2])));
    expect(await checkpointHash(folderWith({ ...files([1, 2]), [`${part}/config.json`]: "{}" }))).not.toBe(before);
  });

  it("changes with weights of the same shape, and with a config", async () => {
    const folder = folderWith(files([1, 2]));
    const before = await checkpointHash(folder);
    expect(await checkpointHash(folderWith(files([1, 3])))).not.toBe(before);
    writeFileSync(join(folder, "unet/config.json"), '{"a":1}');
    expect(await checkpointHash(folder)).not.toBe(before);
  });

  it.runIf(process.platform !== "win32")("does not wait for pipes, devices and links that lead nowhere", async () => {
    const folder = folderWith(files([1]));
    const before = await checkpointHash(folder);
    execFileSync("mkfifo", [join(folder, "unet/a.json")]);
    symlinkSync("/dev/zero", join(folder, "unet/b.json"));
    symlinkSync("nowhere", join(folder, "unet/c.safetensors"));
    expect(await checkpointHash(folder)).toBe(before);
  });

  it("covers pickles of a part that has nothing else, and single files with the tokenizer beside them", async () => {
    const pickled = (value: number) =>
      torchZip(
        asm.pickle(asm.dict({ a: asm.tensor({ elements: 1, dims: [1] }) })),
        Buffer.from(Float32Array.of(value).buffer),
      );
    const folder = (value: number) =>
      folderWith({ "model_index.json": "{}", "unet/diffusion_pytorch_model.bin": pickled(value) });
    expect(await checkpointHash(folder(1))).toBe(await checkpointHash(folder(1)));
    expect(await checkpointHash(folder(1))).not.toBe(await checkpointHash(folder(2)));
    const both = { ...files([1]), "unet/diffusion_pytorch_model.bin": pickled(1) };
    expect(await checkpointHash(folderWith(both))).toBe(await checkpointHash(folderWith(files([1]))));

    const single = (value: number, vocabulary = "{}") =>
      join(folderWith({ "editor.ckpt": pickled(value), "tokenizer/vocab.json": vocabulary }), "editor.ckpt");
    expect(await checkpointHash(single(1))).toBe(await checkpointHash(single(1)));
    expect(await checkpointHash(single(1))).not.toBe(await checkpointHash(single(2)));
    expect(await checkpointHash(single(1))).not.toBe(await checkpointHash(single(1, '{"a":0}')));
  });
});
