import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTensors } from "../../gpu-worker/checkpoint/readTensors.ts";
import { headerLength, maxHeaderBytes, parseHeader } from "../../gpu-worker/checkpoint/safetensors.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { floatFile, folderWith, safetensors } from "./files.ts";

const parse = (file: Uint8Array) => {
  const length = headerLength("model.safetensors", file.subarray(0, 8), file.length);
  return parseHeader("model.safetensors", file.subarray(8, 8 + length), file.length);
};

const entry = (shape: number[], data_offsets: [number, number], dtype = "F32") => ({ dtype, shape, data_offsets });
const bytes = (length: number) => new Uint8Array(length);

describe("a safetensors header", () => {
  it("gives type, shape and place of every tensor, in the order of the data", () => {
    const file = floatFile({ a: { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] }, b: { shape: [], values: [7] } });
    const start = file.length - 28;
    expect([...parse(file)]).toEqual([
      ["a", { dtype: "F32", dims: [2, 3], offset: start, length: 24 }],
      ["b", { dtype: "F32", dims: [], offset: start + 24, length: 4 }],
    ]);
  });

  it("may hold no tensors, empty tensors, and trailing spaces", () => {
    expect(parse(safetensors({})).size).toBe(0);
    expect(parse(safetensors('{"a":{"dtype":"F32","shape":[0,4],"data_offsets":[0,0]}}     ')).get("a")?.length).toBe(
      0,
    );
  });

  it("keeps names that mean something to JavaScript", () => {
    const file = safetensors(`{"__proto__":${JSON.stringify(entry([1], [0, 4]))}}`, bytes(4));
    expect([...parse(file).keys()]).toEqual(["__proto__"]);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["an empty file", bytes(0), /too short/],
    ["a short file", bytes(7), /too short/],
    ["no header", bytes(8), /empty/],
    [
      "a header longer than the cap",
      Buffer.concat([Buffer.from("ffffffffffffff7f", "hex"), bytes(9)]),
      /header would be/,
    ],
    ["text", Buffer.from("this is not a safetensors file at all"), /not a safetensors file/],
    ["a file cut in the header", safetensors({ a: entry([1], [0, 4]) }).subarray(0, 20), /cut short/],
    ["a file cut in the data", safetensors({ a: entry([4], [0, 16]) }, bytes(15)), /cut short: \d+ of \d+ bytes/],
    ["a file with bytes to spare", safetensors({ a: entry([4], [0, 16]) }, bytes(17)), /1 bytes too long/],
    ["a header that is not JSON", safetensors("{not json}"), /not JSON/],
    ["a header that is not UTF-8", safetensors("").subarray(0, 0), /too short/],
    ["a header that is an array", safetensors("[1,2,3]"), /not a JSON object/],
    ["metadata that are no strings", safetensors({ __metadata__: { a: 1 } }), /__metadata__/],
    ["an entry without shape", safetensors({ a: { dtype: "F32", data_offsets: [0, 4] } }, bytes(4)), /"a": shape/],
    ["an unknown type", safetensors({ a: entry([1], [0, 4], "F31") }, bytes(4)), /"a": dtype/],
    ["a negative dimension", safetensors({ a: entry([-1], [0, 4]) }, bytes(4)), /shape/],
    ["a fractional offset", safetensors({ a: entry([1], [0, 4.5]) }, bytes(4)), /data_offsets/],
    ["too many dimensions", safetensors({ a: entry(Array(9).fill(1), [0, 4]) }, bytes(4)), /shape/],
    [
      "a span that is not the shape's",
      safetensors({ a: entry([2], [0, 4]) }, bytes(4)),
      /spans 4 bytes, its shape needs 8/,
    ],
    ["a span that ends before it begins", safetensors({ a: entry([1], [4, 0]) }, bytes(4)), /spans -4/],
    ["dimensions that overflow", safetensors({ a: entry([2 ** 31, 2 ** 31, 2 ** 31], [0, 4]) }, bytes(4)), /spans/],
    ["overlapping tensors", safetensors({ a: entry([2], [0, 8]), b: entry([1], [4, 8]) }, bytes(8)), /overlaps/],
    ["the same bytes twice", safetensors({ a: entry([1], [0, 4]), b: entry([1], [0, 4]) }, bytes(4)), /overlaps/],
    ["a gap", safetensors({ a: entry([1], [0, 4]), b: entry([1], [8, 12]) }, bytes(12)), /gap/],
    ["a tensor beyond the end", safetensors({ a: entry([1], [1000, 1004]) }, bytes(4)), /gap/],
    [
      "a name twice",
      safetensors(`{"a":${JSON.stringify(entry([1], [0, 4]))},"a":{}}`, bytes(4)),
      /"a" is listed twice/,
    ],
    [
      "a key twice inside an entry",
      safetensors('{"a":{"dtype":"F32","dtype":"F16","shape":[2],"data_offsets":[0,4]}}', bytes(4)),
      /"dtype" is listed twice/,
    ],
  ])("of %s is refused with one line", (_, file, message) => {
    expect(() => parse(file)).toThrow(EmendError);
    expect(() => parse(file)).toThrow(message);
    expect(() => parse(file)).toThrow(/^[^\n]+$/);
  });

  it("is never more than an error, whatever bytes stand in the file", () => {
    const good = floatFile({
      "x.weight": { shape: [2, 2], values: [1, 2, 3, 4] },
      "x.bias": { shape: [2], values: [5, 6] },
    });
    const edit = fc.record({
      at: fc.nat(good.length - 1),
      value: fc.nat(255),
      remove: fc.nat(3),
      insert: fc.uint8Array({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let file: Uint8Array = Uint8Array.from(good);
        for (const { at, value, remove, insert } of edits) {
          const place = Math.min(at, file.length);
          file = Buffer.concat([file.subarray(0, place), insert, file.subarray(place + remove)]);
          if (place < file.length) file[place] = value;
        }
        try {
          for (const { offset, length } of parse(file).values())
            expect(offset + length).toBeLessThanOrEqual(file.length);
        } catch (error) {
          expect(error).toMatchObject({
            code: "bad_model",
            message: expect.stringMatching(/^model\.safetensors: [^\n]+$/),
          });
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("is refused quickly when it was made to be slow", () => {
    const nested = safetensors(`{"a":${"[".repeat(maxHeaderBytes - 10)}`);
    const tensors = Array.from({ length: 8192 }, (_, i) => `"${i}":${JSON.stringify(entry([1], [0, 4]))}`);
    const many = safetensors(`{${tensors}}`);
    for (const file of [nested, many]) {
      const start = process.cpuUsage(); // not wall time: other tests may have the cores
      expect(codeOf(() => parse(file))).toBe("bad_model");
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1000).toBeLessThan(300); // 50 ms when warm
    }
  });
});

function codeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return (error as EmendError).code;
  }
}

describe("readTensors", () => {
  it("names the file that is missing or is a folder", async () => {
    const folder = folderWith({ "sub/x": "" });
    await expect(readTensors(join(folder, "no.safetensors"), "unet/no.safetensors")).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringContaining("unet/no.safetensors: cannot be opened (ENOENT)"),
    });
    await expect(readTensors(join(folder, "sub"), "sub")).rejects.toMatchObject({ code: "bad_model" });
  });
});
