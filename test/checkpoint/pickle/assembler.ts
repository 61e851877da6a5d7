/**
 * Puts pickles together byte by byte, also those that no Python would write; nothing is ever run here. The names are those
 * of Python's pickletools.
 */

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

function little(bytes: 1 | 2 | 4 | 8, value: number | bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
  return buffer.subarray(0, bytes);
}

const join = (...parts: (Uint8Array | string)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? latin1(part) : part)));

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  return join("X", little(4, bytes.length), bytes);
};

const int = (value: number): Buffer => join("J", little(4, value));

const global = (module: string, name: string): Buffer => join("c", `${module}\n${name}\n`);

/** Values in a mark, as a tuple. */
const tuple = (...items: Uint8Array[]): Buffer => join("(", ...items, "t");

/** The call of a global. */
const reduce = (module: string, name: string, ...args: Uint8Array[]): Buffer =>
  join(global(module, name), tuple(...args), "R");

/** A dictionary with texts as keys. */
const dict = (entries: Readonly<Record<string, Uint8Array>>): Buffer =>
  join("}(", ...Object.entries(entries).flatMap(([key, value]) => [text(key), value]), "u");

const storage = (key: string, elements: number, type = "FloatStorage"): Buffer =>
  join(tuple(text("storage"), global("torch", type), text(key), text("cpu"), int(elements)), "Q");

interface View {
  readonly key?: string;
  readonly elements: number;
  readonly dims: readonly number[];
  readonly strides?: readonly number[];
  readonly offset?: number;
  readonly type?: string;
}

/** A tensor as PyTorch writes it. */
function tensor({ key = "0", elements, dims, strides, offset = 0, type }: View): Buffer {
  const steps = strides ?? dims.map((_, i) => dims.slice(i + 1).reduce((product, dim) => product * dim, 1));
  return reduce(
    "torch._utils",
    "_rebuild_tensor_v2",
    storage(key, elements, type),
    int(offset),
    tuple(...dims.map(int)),
    tuple(...steps.map(int)),
    latin1("\x89"),
    reduce("collections", "OrderedDict"),
  );
}

/** A whole pickle of protocol 2. */
const pickle = (...parts: (Uint8Array | string)[]): Buffer => join("\x80\x02", ...parts, ".");

export const asm = { latin1, little, join, text, int, global, tuple, reduce, dict, storage, tensor, pickle };
