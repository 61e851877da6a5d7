import { describe, expect, it } from "vitest";
import { readTorchFile } from "../../../gpu-worker/checkpoint/pickle/readTorchFile.ts";
import { trainingGlobals } from "../../../gpu-worker/checkpoint/pickle/trainingGlobals.ts";
import { readBytes } from "../../../gpu-worker/checkpoint/StoredTensor.ts";
import { isFloat, toFloat32 } from "../../../gpu-worker/checkpoint/toFloat32.ts";
import { goldenFolder, readGolden } from "../../models/golden.ts";

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
