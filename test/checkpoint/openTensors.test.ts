import { readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { LdmPart } from "../../gpu-worker/checkpoint/ldm/LdmPart.ts";
import { openTensors } from "../../gpu-worker/checkpoint/openTensors.ts";
import { floatFile, folderWith, safetensors } from "./files.ts";
import { asm } from "./pickle/assembler.ts";
import { torchZip } from "./pickle/torchZip.ts";

const a = { a: { shape: [2], values: [1, 2] } };
const b = { b: { shape: [1], values: [3] } };
const index = (weight_map: Record<string, string>) => JSON.stringify({ weight_map });

const open = (folder: string, options = {}) => openTensors(new CheckpointPart(folder, "unet"), "model", options);

/** One half-precision tensor [1, −2]. */
const halves = safetensors(
  { h: { dtype: "F16", shape: [2], data_offsets: [0, 4] } },
  new Uint8Array([0, 0x3c, 0, 0xc0]),
);
/** The same as bfloat16. */
const brains = safetensors(
  { h: { dtype: "BF16", shape: [2], data_offsets: [0, 4] } },
  new Uint8Array([0x80, 0x3f, 0, 0xc0]),
);

describe("openTensors", () => {
  it("joins the shards that an index lists", async () => {
    const store = await open(
      folderWith({
        "unet/model.safetensors.index.json": index({ a: "model-1.safetensors", b: "model-2.safetensors" }),
        "unet/model-1.safetensors": floatFile(a),
        "unet/model-2.safetensors": floatFile(b),
      }),
    );
    expect([...store.tensors.keys()].sort()).toEqual(["a", "b"]);
    expect([...(await store.read("a", [2]))]).toEqual([1, 2]);
  });

  it.each(["../model.safetensors", "/etc/model.safetensors", "sub/model.safetensors", "model.bin", ".safetensors"])(
    "refuses the shard name %s",
    async (name) => {
      const folder = folderWith({
        "unet/model.safetensors.index.json": index({ a: name }),
        "model.safetensors": floatFile(a),
      });
      await expect(open(folder)).rejects.toMatchObject({
        code: "bad_model",
        message: expect.stringContaining("plain"),
      });
    },
  );

  it("refuses a tensor that two shards have", async () => {
    const folder = folderWith({
      "unet/model.safetensors.index.json": index({ a: "1.safetensors", b: "2.safetensors" }),
      "unet/1.safetensors": floatFile(a),
      "unet/2.safetensors": floatFile(a),
    });
    await expect(open(folder)).rejects.toThrow(/also in another shard/);
  });

  it("names a shard that is missing, and a folder without weights", async () => {
    const shard = folderWith({ "unet/model.safetensors.index.json": index({ a: "gone.safetensors" }) });
    await expect(open(shard)).rejects.toThrow(/unet\/gone\.safetensors: is missing/);
    await expect(open(folderWith({ "unet/config.json": "{}" }))).rejects.toThrow(
      /unet\/model\.safetensors: is missing/,
    );
  });

  it("prefers full precision to the fp16 variant, and takes the variant alone", async () => {
    const both = folderWith({ "unet/model.safetensors": floatFile(a), "unet/model.fp16.safetensors": halves });
    expect([...(await open(both)).tensors.keys()]).toEqual(["a"]);
    const variant = folderWith({ "unet/model.fp16.safetensors": halves });
    expect([...(await open(variant)).tensors.keys()]).toEqual(["h"]);
  });

  it.each([
    ["half precision", halves],
    ["bfloat16", brains],
  ])("converts %s to float32", async (_, file) => {
    const store = await open(folderWith({ "unet/model.safetensors": file }));
    const source = store.source("h", [2]) as Uint8Array;
    expect([...new Float32Array(source.buffer, source.byteOffset, 2)]).toEqual([1, -2]);
  });

  it("converts large weights once, into a file that can be mapped", async () => {
    const folder = folderWith({ "unet/model.safetensors": halves });
    const options = { maxBytesInMemory: 0, cacheFolder: join(folder, "cache") };
    const store = await open(folder, options);
    expect(store.source("h", [2])).toMatchObject({ file: expect.stringContaining("cache"), length: 8 });
    expect([...(await store.read("h", [2]))]).toEqual([1, -2]);
    await open(folder, options);
    expect(readdirSync(join(folder, "cache"))).toHaveLength(1);
  });

  it("keeps the copies of two parts of one file apart", async () => {
    const folder = folderWith({ "editor.safetensors": halves });
    const file = join(folder, "editor.safetensors");
    const stored = { dtype: "F16" as const, dims: [1], length: 2, file, label: file };
    const at = (offset: number) => new LdmPart(file, "unet", new Map([["h", { ...stored, offset }]]));
    const start = halves.length - 4;
    const options = { maxBytesInMemory: 0, cacheFolder: join(folder, "cache") };
    const [first, second] = [await openTensors(at(start), "", options), await openTensors(at(start + 2), "", options)];
    expect([...(await first.read("h", [1])), ...(await second.read("h", [1]))]).toEqual([1, -2]);
  });

  it.each([0, 2 ** 20])(
    "puts elements in order that a pickle has otherwise, with %i bytes of memory",
    async (limit) => {
      const view = { elements: 6, dims: [3, 2], strides: [1, 3] }; // two rows of three, transposed
      const table = asm.dict({ t: asm.tensor(view), f: asm.tensor({ elements: 6, dims: [2, 3] }) });
      const numbers = new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer);
      const folder = folderWith({ "unet/pytorch_model.bin": torchZip(asm.pickle(table), numbers) });
      const store = await open(folder, { maxBytesInMemory: limit, cacheFolder: join(folder, "cache") });
      expect([...(await store.read("t", [3, 2]))]).toEqual([1, 4, 2, 5, 3, 6]);
      expect([...(await store.read("f", [2, 3]))]).toEqual([1, 2, 3, 4, 5, 6]);
      const source = store.source("t", [3, 2]);
      if (source instanceof Uint8Array) expect([...new Float32Array(source.buffer)]).toEqual([1, 4, 2, 5, 3, 6]);
      else expect(source.file).toContain("cache");
      expect(source instanceof Uint8Array).toBe(limit > 0);
    },
  );

  it("gives half precision where it is asked for: converted in memory or once into a file, or as it lies there", async () => {
    const folder = folderWith({ "unet/model.safetensors": floatFile(a) });
    const cacheFolder = join(folder, "cache");
    const numbers = (bytes: Uint8Array) => [...new Float16Array(bytes.buffer, bytes.byteOffset, 2)];
    const wide = await open(folder);
    const expected = [...(await wide.read("a", [2]))];

    const inMemory = await open(folder, { dtype: "F16" });
    expect(numbers(inMemory.source("a", [2]) as Uint8Array)).toEqual(expected);
    expect([...(await inMemory.read("a", [2]))]).toEqual(expected);
    const copied = await open(folder, { dtype: "F16", maxBytesInMemory: 0, cacheFolder });
    expect(copied.source("a", [2])).toMatchObject({ file: expect.stringMatching(/-f16\.safetensors$/), length: 4 });
    expect([...(await copied.read("a", [2]))]).toEqual(expected);
    const halfFolder = folderWith({ "unet/model.safetensors": halves });
    const asItIs = await open(halfFolder, { dtype: "F16", maxBytesInMemory: 0 });
    expect(asItIs.source("h", [2])).toMatchObject({
      file: expect.stringMatching(/unet.model\.safetensors$/),
      length: 4,
    });
  });

  it("says where the copy could not be written", async () => {
    const folder = folderWith({ "unet/model.safetensors": halves, file: "" });
    const options = { maxBytesInMemory: 0, cacheFolder: join(folder, "file") };
    await expect(open(folder, options)).rejects.toMatchObject({
      code: "engine_failed",
      message: expect.stringContaining("EMEND_HOME"),
    });
  });

  it("follows links, as a Hugging Face cache has them", async () => {
    const folder = folderWith({ "blobs/1234": floatFile(a), "unet/config.json": "{}" });
    symlinkSync("../blobs/1234", join(folder, "unet/model.safetensors"));
    expect((await open(folder)).source("a", [2])).toMatchObject({ file: expect.stringMatching(/blobs.1234$/) });
  });

  it("names a tensor that is missing, has another shape, or holds no floats", async () => {
    const file = safetensors(
      { f: { dtype: "F32", shape: [1], data_offsets: [0, 4] }, i: { dtype: "I32", shape: [1], data_offsets: [4, 8] } },
      new Uint8Array(8),
    );
    const store = await open(folderWith({ "unet/model.safetensors": file }));
    expect(() => store.source("x", [1])).toThrow(/model\.safetensors: tensor "x" is missing/);
    expect(() => store.source("f", [2])).toThrow(/tensor "f" is \[1\], its config\.json asks for \[2\]/);
    expect(() => store.source("i", [1])).toThrow(/"i" is I32/);
  });
});
