import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { type Entry, fromRandomAccessReaderPromise, type LocalFileHeader, RandomAccessReader } from "yauzl";
import { badModel } from "../badModel.ts";
import { shorten } from "../shorten.ts";

/** Where an entry of an archive lies in the file: the bytes as they are, since nothing is compressed. */
export interface StoredEntry {
  readonly offset: number;
  readonly length: number;
  /** 0 when the writer left it out, which PyTorch can. */
  readonly crc32: number;
}

/** A tensor takes an entry; a training's file with two moments of each weight has some 4,000. */
const maxEntries = 32_768;
/** The longest name in use is "diffusion_pytorch_model/.data/serialization_id". */
const maxNameBytes = 512;

const stored = 0;
/** Flag of the header: sizes and checksum stand after the data, so that the header has zeros. */
const sizesFollow = 8;
const size32 = 0xffff_ffff;

/**
 * The entries of a zip archive by name, none of them compressed. What makes archives ambiguous or large is refused:
 * compression, encryption, names that occur twice, entries that overlap, headers that contradict the directory.
 * @param label how messages name the file
 * @throws EmendError `bad_model`
 */
export async function readStoredEntries(
  handle: FileHandle,
  fileBytes: number,
  label: string,
): Promise<Map<string, StoredEntry>> {
  const places: { name: string; header: number; entry: StoredEntry }[] = [];
  const entries = new Map<string, StoredEntry>();
  try {
    const zip = await fromRandomAccessReaderPromise(new HandleReader(handle, fileBytes), fileBytes, {
      autoClose: false,
      strictFileNames: true,
    });
    if (zip.entryCount > maxEntries) throw badModel(label, `lists ${zip.entryCount} entries; at most ${maxEntries}`);
    for await (const found of zip.eachEntry()) {
      if (found.fileNameLength > maxNameBytes) throw badModel(label, "has an entry with an endless name");
      const name = found.fileName;
      const problem = problemOf(found) ?? (entries.has(name) ? "is there twice" : undefined);
      if (problem) throw badModel(label, `its entry "${shorten(name)}" ${problem}`);
      const local = await zip.readLocalFileHeaderPromise(found);
      if (contradicts(found, local)) {
        throw badModel(label, `is damaged: the header of its entry "${shorten(name)}" contradicts the directory`);
      }
      const entry = { offset: local.fileDataStart, length: found.uncompressedSize, crc32: found.crc32 };
      entries.set(name, entry);
      places.push({ name, header: found.relativeOffsetOfLocalHeader, entry });
    }
  } catch (error) {
    if ((error as { code?: string }).code === "bad_model") throw error;
    const reason = error instanceof Error ? shorten(error.message) : String(error);
    throw badModel(label, `is not a whole zip archive (${reason}); download it again`, error);
  }
  refuseOverlaps(label, places);
  return entries;
}

function problemOf(entry: Entry): string | undefined {
  if (entry.isEncrypted()) return "is encrypted, which weights never are";
  if (entry.compressionMethod !== stored) return "is compressed, which PyTorch never does; save the model again";
  const places = [entry.relativeOffsetOfLocalHeader, entry.uncompressedSize, entry.compressedSize];
  return places.every(Number.isSafeInteger) ? undefined : "lies outside of the file";
}

function contradicts(entry: Entry, local: LocalFileHeader): boolean {
  if (local.compressionMethod !== stored || !Buffer.from(local.fileName).equals(entry.fileNameRaw)) return true;
  if (local.generalPurposeBitFlag & sizesFollow) return false;
  // The sizes of 4 GiB and more stand elsewhere (zip64), and the directory's are the ones that are used.
  const differs = (size: number, said: number) => said !== size32 && said !== size;
  return differs(entry.uncompressedSize, local.uncompressedSize) || differs(entry.compressedSize, local.compressedSize);
}

function refuseOverlaps(
  label: string,
  places: { readonly name: string; readonly header: number; readonly entry: StoredEntry }[],
): void {
  let end = 0;
  for (const { name, header, entry } of places.sort((a, b) => a.header - b.header)) {
    if (header < end) throw badModel(label, `is damaged: its entry "${shorten(name)}" overlaps another`);
    end = entry.offset + entry.length;
  }
}

/** Lets yauzl read through an open file; whatever places a damaged archive names, the answer is an error, not a throw. */
class HandleReader extends RandomAccessReader {
  readonly #handle: FileHandle;
  readonly #fileBytes: number;

  constructor(handle: FileHandle, fileBytes: number) {
    super();
    this.#handle = handle;
    this.#fileBytes = fileBytes;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    const inside = Number.isSafeInteger(position) && position >= 0 && position + length <= this.#fileBytes;
    // A checkpoint's directory is read in 8,000 pieces of some bytes: 0.03 s like this, 0.4 s with a promise for each.
    const bytesRead = inside ? readSync(this.#handle.fd, buffer, offset, length, position) : 0;
    queueMicrotask(() => callback(inside ? null : new Error("it points outside of the file"), bytesRead));
  }
}
