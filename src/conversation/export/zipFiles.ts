import { crc32 } from "node:zlib";

/** A file in a zip. The name has folders with `/`; text is stored as UTF-8. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** 2.0: folders in names. */
const VERSION = 20;
/** Names are UTF-8. */
const UTF8 = 0x0800;
/** 1 January 1980, the earliest date that a zip can tell: the same files give the same bytes. */
const DATE = 0x21;
/** What the sizes and counts of a plain zip can hold. */
const MAX_BYTES = 0xffff_ffff;
const MAX_ENTRIES = 0xffff;

/**
 * Files as a zip (PKWARE's APPNOTE 6.3, "stored"). Nothing is compressed: pictures are already.
 * @throws RangeError over 4 GiB or 65,535 files
 */
export function zipFiles(entries: readonly ZipEntry[]): Buffer {
  if (entries.length > MAX_ENTRIES) throw new RangeError("too many files for a zip");
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const path = Buffer.from(name, "utf8");
    const data = Buffer.from(bytes as Uint8Array);
    // Both headers have these fields in common: 26 bytes from the version on.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(VERSION, 0);
    common.writeUInt16LE(UTF8, 2);
    common.writeUInt16LE(DATE, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(path.length, 22);
    const where = Buffer.alloc(14); // comment, disk and attributes: none
    where.writeUInt32LE(offset, 10);
    directory.push(uint32(CENTRAL), uint16(VERSION), common, where, path);
    const file = [uint32(LOCAL), common, path, data];
    files.push(...file);
    offset += file.reduce((sum, { length }) => sum + length, 0);
    if (offset > MAX_BYTES) throw new RangeError("too much for a zip");
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, central, uint32(END), end]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
