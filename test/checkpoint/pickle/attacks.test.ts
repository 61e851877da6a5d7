import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTorchFile } from "../../../gpu-worker/checkpoint/pickle/readTorchFile.ts";
import { trainingGlobals } from "../../../gpu-worker/checkpoint/pickle/trainingGlobals.ts";
import { folderWith } from "../files.ts";
import { asm } from "./assembler.ts";
import { torchZip } from "./torchZip.ts";

const { dict, global, int, join: cat, latin1, little, pickle, reduce, tensor, text, tuple } = asm;

const marker = "emend-was-here";
const command = text(`touch ${marker}`);
const weight = tensor({ elements: 4, dims: [4] });
const large = tensor({ key: "1", elements: 4096, dims: [4096] });
const wide = dict(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}`, int(i)])));
const state = (...parts: (Uint8Array | string)[]) => pickle("}", text("a"), ...parts, "s");
const method = (name: string, object: Uint8Array, ...args: Uint8Array[]) =>
  cat(reduce("builtins", "getattr", object, text(name)), tuple(...args), "R");

/** What each would do under Python's own unpickler stands in its name; here the reading ends with that name. */
const attacks: readonly (readonly [attack: string, pickle: Uint8Array, message: RegExp])[] = [
  ["runs a command by REDUCE", state(reduce("os", "system", command)), /"os\.system"/],
  ["runs a command by the module's other name", state(reduce("posix", "system", command)), /"posix\.system"/],
  ["runs a command by INST", state("(", command, "ios\nsystem\n"), /the operation INST/],
  ["runs a command by OBJ", state("(", global("os", "system"), command, "o"), /"os\.system"/],
  [
    "makes an object by OBJ of an allowed class",
    state("(", global("collections", "OrderedDict"), "o"),
    /operation OBJ/,
  ],
  ["starts a process by NEWOBJ", state(global("subprocess", "Popen"), tuple(command), "\x81"), /"subprocess\.Popen"/],
  [
    "starts a process by NEWOBJ_EX",
    state(global("collections", "OrderedDict"), tuple(), "}", "\x92"),
    /the operation NEWOBJ_EX/,
  ],
  [
    "makes a class that weights do call, by NEWOBJ",
    state(global("torch", "Size"), tuple(), "\x81"),
    /torch\.Size, called/,
  ],
  [
    "sets attributes of a tensor by BUILD",
    state(weight, dict({ __class__: text("x") }), "b"),
    /attributes of a tensor/,
  ],
  [
    "sets attributes of a dictionary by BUILD",
    state(reduce("collections", "OrderedDict"), dict({ __setstate__: text("x") }), "b"),
    /attributes of a value/,
  ],
  [
    "sets slots by BUILD",
    state(reduce("collections", "OrderedDict"), tuple(dict({}), dict({ update: text("x") })), "b"),
    /attributes of a value/,
  ],
  [
    "takes a name from the stack (STACK_GLOBAL)",
    cat("\x80\x04", text("os"), text("system"), "\x93", tuple(command), "R."),
    /"os\.system"/,
  ],
  [
    "computes a name (STACK_GLOBAL)",
    cat("\x80\x04", text("os"), reduce("_codecs", "encode", text("system")), "\x93."),
    /a name that is computed/,
  ],
  ["names by a number, 1 byte (EXT1)", state("\x82\x01"), /the operation EXT1/],
  ["names by a number, 2 bytes (EXT2)", state("\x83\x01\x00"), /the operation EXT2/],
  ["names by a number, 4 bytes (EXT4)", state("\x84\x01\x00\x00\x00"), /the operation EXT4/],
  [
    "holds a second pickle as bytes",
    state(reduce("pickle", "loads", cat("B", little(4, 3), "N.."))),
    /"pickle\.loads"/,
  ],
  [
    "reaches for an attribute by getattr",
    state(method("system", global("torch", "os"), command)),
    /"builtins\.getattr"/,
  ],
  [
    "reaches for an attribute by operator.attrgetter",
    state(reduce("operator", "attrgetter", text("__class__.__base__"))),
    /"operator\.attrgetter"/,
  ],
  ["downloads code by torch.hub", state(reduce("torch.hub", "load", text("x/y"))), /"torch\.hub\.load"/],
  ["loads another file by numpy", state(reduce("numpy", "load", text("x.npy"))), /"numpy\.load"/],
  ["loads another file by torch", state(reduce("torch", "load", text("x.pt"))), /"torch\.load"/],
  ["evaluates a text", state(reduce("builtins", "eval", text("1"))), /"builtins\.eval"/],
  ["evaluates a text under Python 2's name", state(reduce("__builtin__", "eval", text("1"))), /"__builtin__\.eval"/],
  ["imports by the runner of modules", state(reduce("runpy", "_run_code", text("1"))), /"runpy\._run_code"/],
  ["calls what it made itself", state(dict({}), tuple(), "R"), /a call of what is not a name/],
  ["calls a storage's type", state(reduce("torch", "FloatStorage", int(9))), /torch\.FloatStorage, called in a way/],
  ["makes a dictionary by arguments", state(reduce("collections", "OrderedDict", weight)), /OrderedDict, called in/],
  ["asks for a file by a persistent id", state(text("/etc/passwd"), "Q"), /something outside of it/],
  ["asks for a file by a persistent id as text", state("P/etc/passwd\n"), /the operation PERSID/],
  [
    "asks for code by a persistent id, as PyTorch 0.1 had it",
    state(tuple(text("module"), global("torch", "FloatStorage"), text("f.py"), text("source"), int(0)), "Q"),
    /something outside of it/,
  ],
  [
    "takes a class as a storage's type",
    state(tuple(text("storage"), global("torch", "Size"), text("0"), text("cpu"), int(4)), "Q"),
    /storage of the type torch\.Size/,
  ],
  ["doubles by DUP", state("]", "2"), /the operation DUP/],
  [
    "doubles by the memo",
    pickle(
      "]q\x00",
      ...Array.from(
        { length: 60 },
        (_, i) => `](h${String.fromCharCode(i)}h${String.fromCharCode(i)}eq${String.fromCharCode(i + 1)}`,
      ),
    ),
    /leaves values over/,
  ],
  ["holds itself as a part", pickle("}q\x00", text("a"), "h\x00s"), /too many tables/],
  ["holds tables that double", pickle(doubled(40)), /too many tables|more than 32768 weights/],
  [
    "holds wide tables again and again",
    pickle(
      dict(
        Object.fromEntries(
          Array.from({ length: 300 }, (_, i) => [`${i}`, i === 0 ? cat(wide, "q\x01") : latin1("h\x01")]),
        ),
      ),
    ),
    /more than 32768 weights/,
  ],
  ["names a weight in two ways", pickle(dict({ a: dict({ b: weight }), "a.b": weight })), /"a\.b" is listed twice/],
  ["holds itself", pickle("}q\x00", text("state_dict"), "h\x00s"), /too many state_dicts/],
  ["nests lists ever deeper", pickle("](".repeat(1_000_000)), /more than 400000 objects/],
  ["nests tuples ever deeper", pickle(")", "\x85".repeat(3_000_000)), /more than 400000 objects/],
  ["notes one value under ever more numbers", cat("\x80\x04}", "\x94".repeat(3_000_000)), /more than 400000 objects/],
  ["opens marks without end", pickle("(".repeat(3_000_000)), /more than 400000 objects/],
  ["names an integer of 2 GiB (LONG4)", state("\x8b", little(4, 0x7fffffff)), /the operation LONG4/],
  ["names an integer of 255 bytes", state("\x8a\xff", latin1("x".repeat(255))), /an integer of 255 bytes/],
  ["names a text of 4 GiB", state("X\xff\xff\xff\xff"), /its pickle ends where 4294967295 bytes should follow/],
  ["names a text of 2^63 bytes", state("\x8d", little(8, 1n << 63n)), /the operation BINUNICODE8/],
  ["lies about a frame", cat("\x80\x04\x95", little(8, 1n << 62n), "N."), /a frame of \d+ bytes goes beyond/],
  ["is of a protocol of tomorrow", cat("\x80\x09N."), /pickle protocol 9 is not known/],
  ["has no end", cat("\x80\x02", dict({ a: weight })), /its pickle ends where 1 bytes should follow/],
  [
    "is followed by a second one",
    cat(pickle(dict({ a: weight })), pickle(reduce("os", "system", command))),
    /bytes follow the end/,
  ],
  ["is empty", cat(""), /its pickle ends/],
  ["pops an empty stack", pickle(""), /takes a value that is not there/],
  ["recalls what was not stored", state("h\x07"), /recalls value 7/],
  ["stores at a far place", pickle("}r\xff\xff\xff\xffj\xfe\xff\xff\xff"), /recalls value 4294967294/],
  ["has a name without end", state("c", "x".repeat(10_000)), /a name in its pickle has no end/],
  ["has a text that is none", state("X", little(4, 2), "\xff\xfe"), /not UTF-8/],
  ["looks beyond its storage", state(tensor({ elements: 4, dims: [5] })), /_rebuild_tensor_v2, called in a way/],
  ["looks beyond its storage by an offset", state(tensor({ elements: 4, dims: [4], offset: 1 })), /called in a way/],
  ["looks beyond its storage by a stride", state(tensor({ elements: 4, dims: [2], strides: [4] })), /called in a way/],
  ["looks before its storage", state(tensor({ elements: 4, dims: [2], strides: [-1] })), /called in a way/],
  [
    "repeats a row without end (stride 0)",
    state(tensor({ elements: 4, dims: [2 ** 30, 4], strides: [0, 1] })),
    /called in a way/,
  ],
  ["has sizes that overflow", state(tensor({ elements: 4, dims: Array(8).fill(2 ** 30) })), /called in a way/],
  ["has more dimensions than anything", state(tensor({ elements: 4, dims: Array(1000).fill(1) })), /called in a way/],
  ["has a tensor of numbers", state(reduce("torch._utils", "_rebuild_tensor_v2", int(1))), /called in a way/],
  [
    "says that a storage is larger than it is",
    state(tensor({ elements: 2 ** 30, dims: [1] })),
    /not as many as its pickle says/,
  ],
  ["says that a storage is smaller than it is", state(tensor({ elements: 3, dims: [1] })), /not as many as/],
  [
    "names a storage that is not there",
    state(tensor({ key: "../../x", elements: 4, dims: [4] })),
    /"\.\.\/\.\.\/x" of a tensor are missing/,
  ],
  [
    "makes a weight of what is not run",
    state(reduce("numpy.core.multiarray", "scalar", int(1))),
    /weight "a" is made by numpy\.core\.multiarray\.scalar/,
  ],
  [
    "shows the same bytes again and again",
    pickle(
      dict(
        Object.fromEntries(
          Array.from({ length: 5000 }, (_, i) => [`${i}`, i === 0 ? cat(large, "q\x01") : latin1("h\x01")]),
        ),
      ),
    ),
    /the same ones again and again/,
  ],
  ["holds no weights", pickle(dict({ a: int(1) })), /holds no weights/],
  ["is no table", pickle(text("weights")), /holds no weights/],
];

describe("a pickle that", () => {
  it.each(attacks)("%s is refused with one line, and nothing happens", async (_, bytes, message) => {
    const folder = folderWith({});
    const file = join(folder, "model.ckpt");
    writeFileSync(file, torchZip(bytes, new Uint8Array(16), new Uint8Array(4 * 4096)));
    // The widest reading: also what trainings save is let through.
    const reading = readTorchFile(file, "model.ckpt", trainingGlobals);
    await expect(reading).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringMatching(/^model\.ckpt: [^\n]{1,300}$/),
    });
    await expect(reading).rejects.toThrow(message);
    expect(existsSync(marker)).toBe(false);
    expect(readdirSync(folder)).toEqual(["model.ckpt"]);
  });

  it("only doubles in appearance is read without doubling", async () => {
    const file = join(folderWith({}), "model.ckpt");
    // 2^60 lists, if somebody counted.
    writeFileSync(file, torchZip(pickle("}(", text("laughs"), nested(60), text("a"), weight, "u"), new Uint8Array(16)));
    expect([...(await readTorchFile(file, file, trainingGlobals)).tensors.keys()]).toEqual(["a"]);
  });
});

/** A table of a table twice, of a table twice, … by the memo. */
function doubled(depth: number): Buffer {
  let inner = cat("}q\x00");
  for (let i = 1; i <= depth; i++) {
    const again = `h${String.fromCharCode(i - 1)}`;
    inner = cat("}(", text("a"), inner, text("b"), again, "u", `q${String.fromCharCode(i)}`);
  }
  return inner;
}

/** A list of a list twice, of a list twice, … by the memo. */
function nested(depth: number): Buffer {
  const place = (i: number) => String.fromCharCode(i);
  let inner = cat("]q\x00");
  for (let i = 1; i <= depth; i++) inner = cat("](", inner, `h${place(i - 1)}`, "e", `q${place(i)}`);
  return inner;
}
