import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTorchFile } from "../../../gpu-worker/checkpoint/pickle/readTorchFile.ts";
import { trainingGlobals } from "../../../gpu-worker/checkpoint/pickle/trainingGlobals.ts";
import { readBytes } from "../../../gpu-worker/checkpoint/StoredTensor.ts";
import { isFloat, toFloat32 } from "../../../gpu-worker/checkpoint/toFloat32.ts";
import { goldenFolder, readGolden } from "../../models/golden.ts";
import { folderWith } from "../files.ts";
import { asm } from "./assembler.ts";
import { torchZip } from "./torchZip.ts";

const golden = (name: string) => `${goldenFolder("torch")}/${name}`;

/** All float tensors of a file, as numbers. */
async function numbersOf(file: string, inert = trainingGlobals) {
  const { tensors } = await readTorchFile(file, file, inert);
  const numbers: Record<string, { dims: readonly number[]; data: number[] }> = {};
  for (const [name, tensor] of tensors) {
    if (!isFloat(tensor.dtype)) continue;
    const bytes = await readBytes({ ...tensor, file, label: file });
    numbers[name] = { dims: tensor.dims, data: [...toFloat32(bytes, tensor.dtype)] };
  }
  return numbers;
}

describe("readTorchFile", () => {
  it.each([
    ["state.bin", "as diffusers saves it"],
    ["protocol4.bin", "with a newer pickle protocol"],
    ["no-checksums.bin", "without checksums"],
    ["lightning.ckpt", "of a training, with callbacks, settings and the optimizer beside the weights"],
  ])("reads %s, %s: views, parameters and every order of the elements", async (name) => {
    const expected = Object.entries(await readGolden("torch"));
    const found = await numbersOf(golden(name));
    expect(Object.keys(found).sort()).toEqual(expected.map(([key]) => key).sort());
    for (const [key, { dims, data }] of expected) {
      expect({ key, ...found[key] }).toEqual({ key, dims, data: [...data] });
    }
  });

  it("gives types, and leaves the numbers in the file", async () => {
    const file = golden("state.bin");
    const { tensors, size } = await readTorchFile(file, file);
    expect(tensors.get("steps")).toMatchObject({ dtype: "I64", dims: [3], length: 24 });
    expect(tensors.get("mask")).toMatchObject({ dtype: "BOOL", dims: [2], length: 2 });
    expect(tensors.get("bfloat")).toMatchObject({ dtype: "BF16", dims: [5], length: 10 });
    expect(tensors.get("rows")?.offset).toBe(tensors.get("float")!.offset + 24);
    for (const { offset, length } of tensors.values()) expect(offset + length).toBeLessThan(size);
  });

  it("names the tensors of tables in a table with a dot, as adapters have them, and takes a tensor alone", async () => {
    const save = (name: string, pickle: Uint8Array) => {
      const file = join(folderWith({}), name);
      writeFileSync(file, torchZip(pickle, new Uint8Array(16)));
      return readTorchFile(file, file);
    };
    const weight = asm.tensor({ elements: 4, dims: [4] });
    const adapter = asm.dict({
      image_proj: asm.dict({ "norm.weight": weight }),
      ip_adapter: asm.dict({ "1.to_k": weight }),
    });
    const nested = await save("expert.bin", asm.pickle(adapter));
    expect([...nested.tensors.keys()]).toEqual(["image_proj.norm.weight", "ip_adapter.1.to_k"]);
    const alone = asm.reduce("torch._utils", "_rebuild_parameter", weight, asm.latin1("\x89"), asm.dict({}));
    expect([...(await save("task_embs.bin", asm.pickle(alone))).tensors]).toEqual([
      ["", expect.objectContaining({ dtype: "F32", dims: [4] })],
    ]);
  });

  it("reads weights alone strictly: what a training saves beside them is refused by name", async () => {
    const file = golden("lightning.ckpt");
    await expect(readTorchFile(file, "x.bin")).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringMatching(
        /^x\.bin: is refused: its pickle asks for "pytorch_lightning\.callbacks\.model_checkpoint\.ModelCheckpoint".*nothing of it was executed/,
      ),
    });
  });

  it("says what to do with the format of PyTorch before 1.6", async () => {
    await expect(readTorchFile(golden("before-1.6.bin"), "old.bin")).rejects.toThrow(
      /^old\.bin: is in the format of PyTorch before 1\.6, which is not read: save it again/,
    );
  });
});
