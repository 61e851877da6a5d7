import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTorchFile } from "../../../gpu-worker/checkpoint/pickle/readTorchFile.ts";
import { trainingGlobals } from "../../../gpu-worker/checkpoint/pickle/trainingGlobals.ts";
import { readBytes } from "../../../gpu-worker/checkpoint/StoredTensor.ts";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { goldenFolder } from "../../models/golden.ts";
import { folderWith } from "../files.ts";
import { asm } from "./assembler.ts";
import { torchZip, type ZipPart, zip } from "./torchZip.ts";

const { dict, latin1, little, pickle, tensor } = asm;

const weights = { name: "model/data.pkl", data: pickle(dict({ a: tensor({ elements: 4, dims: [4] }) })) };
const storage = { name: "model/data/0", data: new Uint8Array(16) };
const good: ZipPart[] = [weights, storage];
const four = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
const bomb = deflateRawSync(new Uint8Array(10_000_000));

async function read(bytes: Uint8Array) {
  const file = join(folderWith({}), "model.ckpt");
  writeFileSync(file, bytes);
  return { file, ...(await readTorchFile(file, "model.ckpt", trainingGlobals)) };
}

describe("an archive", () => {
  it("is read when it is as PyTorch writes it, small or with the fields of large ones", async () => {
    for (const zip64 of [false, true]) {
      const { file, tensors } = await read(zip([weights, { ...storage, data: four }], { zip64 }));
      const bytes = await readBytes({ ...tensors.get("a")!, file, label: file });
      expect([...new Float32Array(bytes.buffer)]).toEqual([1, 2, 3, 4]);
    }
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["of no bytes", latin1(""), /is not a file of PyTorch \(no zip archive\)/],
    ["that is text", latin1("hello"), /is not a file of PyTorch/],
    ["that is a Git LFS pointer", latin1("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"), /git lfs pull/],
    ["that is cut", zip(good).subarray(0, -30), /is not a whole zip archive .*download it again/],
    ["that is followed by something", asm.join(zip(good), "more"), /is not a whole zip archive/],
    ["with a compressed pickle", zip([{ ...weights, method: 8 }, storage]), /data\.pkl" is compressed/],
    [
      "with a compressed storage that grows 1000 times",
      zip([weights, { ...storage, data: bomb, method: 8, size: 10_000_000 }]),
      /"model\/data\/0" is compressed/,
    ],
    ["with an unknown compression", zip([weights, { ...storage, method: 99 }]), /is compressed/],
    ["with an encrypted entry", zip([{ ...weights, flags: 1 }, storage]), /is (encrypted|not a whole zip archive)/],
    ["with a name twice", zip([weights, storage, storage]), /"model\/data\/0" is there twice/],
    ["with two pickles", zip([...good, { ...weights, name: "other/data.pkl" }]), /2 × data\.pkl/],
    ["without a pickle", zip([storage]), /0 × data\.pkl/],
    ["with a path that leaves it", zip([...good, { ...storage, name: "../../etc/x" }]), /not a whole zip archive/],
    ["with an absolute path", zip([...good, { ...storage, name: "/etc/x" }]), /not a whole zip archive/],
    ["with an endless name", zip([...good, { ...storage, name: "x".repeat(1000) }]), /endless name/],
    [
      "whose headers have another name than the directory",
      zip([weights, { ...storage, local: { name: "model/data/1" } }]),
      /contradicts the directory/,
    ],
    [
      "whose headers have another size",
      zip([weights, { ...storage, local: { size: 15 } }]),
      /contradicts the directory/,
    ],
    [
      "whose headers have another compression",
      zip([weights, { ...storage, local: { method: 8 } }]),
      /contradicts the directory/,
    ],
    ["whose entries overlap", zip([weights, { ...weights, name: "model/data/0", at: 0, local: {} }]), /contradicts/],
    [
      "one of whose entries holds another one",
      zip([
        { name: "model/x", data: zip([storage]).subarray(0, 30 + storage.name.length + 16) },
        { ...storage, at: 30 + "model/x".length },
        weights,
      ]),
      /overlaps another/,
    ],
    ["with an entry that goes beyond the file", zip([weights, { ...storage, size: 1_000_000 }]), /not a whole zip/],
    ["with an entry that lies beyond the file", zip([weights, { ...storage, at: 0x7fffffff }]), /outside of the file/],
    ["that counts more entries than it has", zip(good, { count: 9 }), /not a whole zip archive/],
    ["that counts very many", zip(good, { count: 60_000 }), /lists 60000 entries/],
    ["whose directory lies beyond the file", zip(good, { directoryAt: 0x7fffffff }), /outside of the file/],
    ["with a wrong checksum of the pickle", zip([{ ...weights, crc: 1 }, storage]), /checksum/],
    ["with an enormous pickle", zip([{ ...weights, data: new Uint8Array(5_000_000) }, storage]), /has a pickle of/],
    [
      "of a machine with another byte order",
      zip([...good, { name: "model/byteorder", data: latin1("big") }]),
      /byte order "big"/,
    ],
    ["with a storage that is too short", zip([weights, { ...storage, data: new Uint8Array(12) }]), /not as many as/],
  ])("%s is refused with one line", async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringMatching(/^model\.ckpt: [^\n]{1,300}$/),
    });
    await expect(read(bytes)).rejects.toThrow(message);
  });

  it("with places of 64 bits that no file has is refused", async () => {
    // The end of a zip64 archive: its directory would lie at 2^63.
    const record = asm.join(
      "PK\x06\x06",
      little(8, 44),
      little(4, 0),
      little(8, 0),
      little(8, 2),
      little(8, 2),
      little(8, 46),
      little(8, 1n << 63n),
    );
    const end = zip(good).subarray(-22);
    const body = zip(good).subarray(0, -22);
    const locator = asm.join("PK\x06\x07", little(4, 0), little(8, body.length), little(4, 1));
    await expect(read(asm.join(body, record, locator, end))).rejects.toThrow(/not a whole zip archive/);
    const far = asm.join("PK\x06\x07", little(4, 0), little(8, (1n << 64n) - 1n), little(4, 1));
    await expect(read(asm.join(body, record, far, end))).rejects.toThrow(/not a whole zip archive/);
  });

  it.each(["state.bin", "lightning.ckpt"])(
    "%s with any bit turned, or cut anywhere, is a table of whole tensors or an error",
    async (name) => {
      const bytes = readFileSync(`${goldenFolder("torch")}/${name}`);
      const damage = fc.oneof(
        { weight: 4, arbitrary: fc.record({ at: fc.nat(bytes.length - 1), bit: fc.nat(7) }) },
        { weight: 1, arbitrary: fc.record({ length: fc.nat(bytes.length - 1) }) },
      );
      await fc.assert(
        fc.asyncProperty(damage, async (how) => {
          const damaged = Buffer.from(bytes);
          if ("at" in how) damaged[how.at]! ^= 1 << how.bit;
          try {
            const { file, size, tensors } = await read("at" in how ? damaged : damaged.subarray(0, how.length));
            for (const tensor of tensors.values()) {
              expect(tensor.offset + tensor.length).toBeLessThanOrEqual(size);
              const elements = await readBytes({ ...tensor, file, label: file });
              expect(elements.length).toBe(tensor.length);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(EmendError);
            expect(error).toMatchObject({ code: "bad_model", message: expect.stringMatching(/^[^\n]+$/) });
          }
        }),
        { numRuns: 300 },
      );
    },
  );

  it("may hold as many tensors as a checkpoint, and is read in a moment", async () => {
    const count = 2000;
    const names = Array.from({ length: count }, (_, i) => `model.diffusion_model.layer.${i}.weight`);
    const table = dict(
      Object.fromEntries(names.map((name, i) => [name, tensor({ key: `${i}`, elements: 1, dims: [1] })])),
    );
    const storages = names.map((_, i) => new Uint8Array(Float32Array.of(i).buffer));
    const { file, tensors } = await read(torchZip(pickle(table), ...storages));
    expect(tensors.size).toBe(count);
    const last = { ...tensors.get(names.at(-1)!)!, file, label: file };
    expect(new Float32Array((await readBytes(last)).buffer)[0]).toBe(count - 1);
  });
});
