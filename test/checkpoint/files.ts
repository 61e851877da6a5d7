import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { parseHeader } from "../../gpu-worker/checkpoint/safetensors.ts";

/** A safetensors file: eight bytes of length, the header, the data. */
export function safetensors(header: unknown, data: Uint8Array = new Uint8Array()): Buffer {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([prefix, text, data]);
}

/** Float32 tensors by name, one after the other. */
export function floatFile(tensors: Readonly<Record<string, { shape: number[]; values: number[] }>>): Buffer {
  let end = 0;
  const header: Record<string, unknown> = { __metadata__: { format: "pt" } };
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    const begin = end;
    end += 4 * values.length;
    header[name] = { dtype: "F32", shape, data_offsets: [begin, end] };
  }
  const numbers = Float32Array.from(Object.values(tensors).flatMap(({ values }) => values));
  return safetensors(header, new Uint8Array(numbers.buffer));
}

/** The tensors of a safetensors file that lies in memory. */
export function tensorsOf(file: Buffer) {
  const header = file.subarray(8, 8 + Number(file.readBigUInt64LE()));
  return [...parseHeader("file", header, file.length)].map(([name, { dtype, dims, offset, length }]) => ({
    name,
    dtype,
    dims: [...dims],
    data: file.subarray(offset, offset + length),
  }));
}

/** A folder with these files that is removed after the test. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "emend-checkpoint-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
