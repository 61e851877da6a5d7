import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkpointHash } from "../../gpu-worker/checkpoint/checkpointHash.ts";
import { floatFile, folderWith } from "./files.ts";

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
});
