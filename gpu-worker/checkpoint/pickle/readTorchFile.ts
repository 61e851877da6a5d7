import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { badModel } from "../badModel.ts";
import { openFile } from "../openFile.ts";
import { maxTensors } from "../safetensors.ts";
import { shorten } from "../shorten.ts";
import { dtypeBytes, type TensorInfo } from "../TensorInfo.ts";
import { InertObject } from "./InertObject.ts";
import { PickledTensor } from "./PickledTensor.ts";
import { PickleGlobal } from "./PickleGlobal.ts";
import { PickleTuple } from "./PickleTuple.ts";
import type { PickleValue } from "./PickleValue.ts";
import { readStoredEntries, type StoredEntry } from "./readStoredEntries.ts";
import { StorageRange } from "./StorageRange.ts";
import { maxPickleBytes, unpickle } from "./unpickle.ts";
import { weightGlobals } from "./weightGlobals.ts";

export interface TorchFile {
  /** The pickle: names, types, shapes and places of all tensors, and whatever a trainer saved beside them. */
  readonly header: Uint8Array;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** In bytes. */
  readonly size: number;
}

/** The pickle that files of PyTorch before 1.6 begin with: a magic number. */
const oldFormat = Buffer.from("80028a0a6cfc9c46f920", "hex");
/** Trainers put the weights into a "state_dict", some that again into one. */
const maxDepth = 4;
/** Of tables and what is in them, weights or not. */
const maxEntries = 4 * maxTensors;
/** Tied weights share bytes, a few of each model; a file whose tensors are larger than itself several times is a bomb. */
const maxSharing = 4;

/**
 * Reads the list of tensors of a file that `torch.save` wrote (.bin, .pt, .ckpt): a zip archive with a pickle and, stored
 * as they are, the tensors' bytes. The pickle runs on a machine that cannot execute anything (docs/checkpoints.md); the
 * tensors themselves are not read.
 * @param label how messages name the file
 * @param inert names beyond the weights' that are passed over
 * @throws EmendError `bad_model` that names what is damaged or refused
 */
export async function readTorchFile(
  file: string,
  label: string,
  inert: ReadonlyMap<string, PickleGlobal> = new Map(),
): Promise<TorchFile> {
  const { handle, size } = await openFile(file, label);
  try {
    await refuseOtherFormats(handle, label);
    const entries = await readStoredEntries(handle, size, label);
    const root = rootOf(entries, label);
    await refuseBigEndian(handle, entries.get(`${root}/byteorder`), label);
    const header = await readEntry(handle, entries.get(`${root}/data.pkl`)!, label);
    const value = unpickle(label, header, {
      globals: new Map([...inert, ...weightGlobals]),
      persistent: (id) => storageOf(id, (key) => entries.get(`${root}/data/${key}`), label),
    });
    const tensors = tensorsOf(value, label);
    refuseSharing(tensors, size, label);
    return { header, tensors, size };
  } finally {
    await handle.close();
  }
}

async function refuseOtherFormats(handle: FileHandle, label: string): Promise<void> {
  const { buffer, bytesRead } = await handle.read(new Uint8Array(64), 0, 64, 0);
  const start = Buffer.from(buffer.subarray(0, bytesRead));
  if (start.subarray(0, oldFormat.length).equals(oldFormat)) {
    const advice = "save it again with PyTorch 1.6 or later, or better as safetensors";
    throw badModel(label, `is in the format of PyTorch before 1.6, which is not read: ${advice}`);
  }
  if (start.toString("latin1").startsWith("version https://git-lfs")) {
    throw badModel(label, "is only a pointer to the file; fetch the file itself with `git lfs pull`");
  }
  if (!start.toString("latin1").startsWith("PK")) throw badModel(label, "is not a file of PyTorch (no zip archive)");
}

/** The folder inside of the archive, named after the file that it was first saved to. */
function rootOf(entries: ReadonlyMap<string, StoredEntry>, label: string): string {
  const roots = [...entries.keys()].filter((name) => name.split("/").length === 2 && name.endsWith("/data.pkl"));
  if (roots.length !== 1) throw badModel(label, `is not a file of PyTorch (${roots.length} × data.pkl in its archive)`);
  return roots[0]!.slice(0, -"/data.pkl".length);
}

async function refuseBigEndian(handle: FileHandle, entry: StoredEntry | undefined, label: string): Promise<void> {
  if (!entry) return; // before PyTorch 2.1
  const order = entry.length > 16 ? "?" : Buffer.from(await readEntry(handle, entry, label)).toString();
  if (order !== "little")
    throw badModel(label, `has the byte order "${shorten(order)}", not "little"; save it elsewhere`);
}

async function readEntry(handle: FileHandle, entry: StoredEntry, label: string): Promise<Uint8Array> {
  if (entry.length > maxPickleBytes) {
    throw badModel(label, `has a pickle of ${entry.length} bytes; at most ${maxPickleBytes}`);
  }
  const { buffer, bytesRead } = await handle.read(new Uint8Array(entry.length), 0, entry.length, entry.offset);
  if (bytesRead !== entry.length) throw badModel(label, "became shorter while it was read");
  if (entry.crc32 !== 0 && crc32(buffer) !== entry.crc32) {
    throw badModel(label, "is damaged: a checksum of its archive is wrong; download it again");
  }
  return buffer;
}

/** A persistent id is the tuple ("storage", type, key, device, number of elements). */
function storageOf(id: PickleValue, entryOf: (key: string) => StoredEntry | undefined, label: string): StorageRange {
  const [kind, type, key, , elements] = id instanceof PickleTuple ? id.items : [];
  if (
    kind !== "storage" ||
    !(type instanceof PickleGlobal) ||
    typeof key !== "string" ||
    typeof elements !== "number"
  ) {
    throw badModel(label, "is refused: its pickle asks for something outside of it that is not a tensor's storage");
  }
  if (!type.dtype) throw badModel(label, `is refused: a tensor's storage of the type ${type.name}`);
  const entry = entryOf(key);
  if (!entry)
    throw badModel(label, `is damaged: the bytes "${shorten(key)}" of a tensor are missing; download it again`);
  if (entry.length !== elements * dtypeBytes[type.dtype]) {
    throw badModel(label, `is damaged: the bytes "${shorten(key)}" of a tensor are not as many as its pickle says`);
  }
  return new StorageRange(type.dtype, entry.offset, elements);
}

/**
 * The tensors of the innermost "state_dict"; those of tables in it by names with a dot between (IP-Adapter's "image_proj"
 * and "ip_adapter"), a single one without a table by the name "". Numbers and texts among them are left out, inert objects
 * are not.
 */
function tensorsOf(value: PickleValue, label: string): Map<string, TensorInfo> {
  let table = value;
  for (let depth = 0; table instanceof Map && table.get("state_dict") instanceof Map; depth++) {
    if (depth === maxDepth) throw badModel(label, "hides its weights under too many state_dicts");
    table = table.get("state_dict") as PickleValue;
  }
  const tensors = new Map<string, TensorInfo>();
  let visited = 0;
  const visit = (name: string, weight: PickleValue, depth: number): void => {
    if (++visited > maxEntries) throw badModel(label, `lists more than ${maxEntries} weights`);
    if (weight instanceof InertObject) {
      throw badModel(label, `is refused: its weight "${shorten(name)}" is made by ${weight.madeBy}, which is not run`);
    }
    if (weight instanceof PickledTensor) {
      if (tensors.has(name)) throw badModel(label, `is damaged: "${shorten(name)}" is listed twice`);
      tensors.set(name, weight.info);
    } else if (weight instanceof Map) {
      if (depth === maxDepth) throw badModel(label, "hides its weights under too many tables");
      for (const [key, inner] of weight as ReadonlyMap<PickleValue, PickleValue>) {
        if (typeof key === "string") visit(name === "" ? key : `${name}.${key}`, inner, depth + 1);
      }
    }
  };
  visit("", table, 0);
  if (tensors.size === 0) throw badModel(label, "holds no weights");
  if (tensors.size > maxTensors) throw badModel(label, `lists ${tensors.size} tensors; at most ${maxTensors}`);
  return tensors;
}

function refuseSharing(tensors: ReadonlyMap<string, TensorInfo>, fileBytes: number, label: string): void {
  const bytes = [...tensors.values()].reduce((sum, { length }) => sum + length, 0);
  if (bytes > maxSharing * fileBytes) {
    throw badModel(label, `holds ${bytes} bytes of tensors in a file of ${fileBytes}, the same ones again and again`);
  }
}
