import { crc32 } from "node:zlib";
import { asm } from "./assembler.ts";

/** An entry of an archive; the fields that lie are for attacks. */
export interface ZipPart {
  readonly name: string;
  readonly data: Uint8Array;
  /** 0 is stored, 8 is deflated (the data are then what stands in the file). */
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  /** What the directory says instead of the data's length. */
  readonly size?: number;
  /** What the local header says instead of what the directory says. */
  readonly local?: { readonly name?: string; readonly size?: number; readonly method?: number };
  /** Where the directory says that the local header stands. */
  readonly at?: number;
}

export interface ZipEnd {
  /** What the end record says instead of the number of entries. */
  readonly count?: number;
  readonly directoryAt?: number;
  /** Writes all sizes and places with 64 bits, as archives of 4 GiB and more have them. */
  readonly zip64?: boolean;
}

/** A zip archive, as wrong as asked for. */
export function zip(parts: readonly ZipPart[], end: ZipEnd = {}): Buffer {
  const { join, latin1, little } = asm;
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const { name, data, method = 0, flags = 0, crc = crc32(data), size = data.length } = part;
    const fields = (said: number, length: number, title: string, extra: number) =>
      join(
        little(2, flags),
        little(2, said),
        little(4, 0),
        little(4, crc),
        little(4, end.zip64 ? 0xffffffff : length),
        little(4, end.zip64 ? 0xffffffff : length),
        little(2, latin1(title).length),
        little(2, extra),
      );
    const title = part.local?.name ?? name;
    const place = part.at ?? at;
    const sizes = end.zip64 ? join(little(8, size), little(8, size)) : latin1("");
    const wide = (...values: Uint8Array[]) => {
      const bytes = join(...values);
      return bytes.length === 0 ? bytes : join(little(2, 1), little(2, bytes.length), bytes);
    };
    const [near, far] = [wide(sizes), wide(sizes, end.zip64 ? little(8, place) : latin1(""))];
    const header = join(
      "PK\x03\x04",
      little(2, 20),
      fields(part.local?.method ?? method, part.local?.size ?? size, title, near.length),
      title,
      near,
    );
    locals.push(join(header, data));
    directory.push(
      join(
        "PK\x01\x02",
        little(2, 20),
        little(2, 20),
        fields(method, size, name, far.length),
        little(2, 0),
        little(2, 0),
        little(2, 0),
        little(4, 0),
        little(4, end.zip64 ? 0xffffffff : place),
        name,
        far,
      ),
    );
    at += header.length + data.length;
  }
  const length = directory.reduce((sum, entry) => sum + entry.length, 0);
  const count = end.count ?? parts.length;
  const wideEnd = join(
    "PK\x06\x06",
    little(8, 44),
    little(4, 0),
    little(8, 0),
    little(8, count),
    little(8, count),
    little(8, length),
    little(8, at),
    "PK\x06\x07",
    little(4, 0),
    little(8, at + length),
    little(4, 1),
  );
  return join(
    ...locals,
    ...directory,
    ...(end.zip64 ? [wideEnd] : []),
    "PK\x05\x06",
    little(4, 0),
    little(2, count),
    little(2, count),
    little(4, length),
    little(4, end.zip64 ? 0xffffffff : (end.directoryAt ?? at)),
    little(2, 0),
  );
}

/** A file as `torch.save` writes it: a pickle, and storages "0", "1", … */
export const torchZip = (pickle: Uint8Array, ...storages: Uint8Array[]): Buffer =>
  zip([
    { name: "model/data.pkl", data: pickle },
    { name: "model/byteorder", data: asm.latin1("little") },
    ...storages.map((data, i) => ({ name: `model/data/${i}`, data })),
    { name: "model/version", data: asm.latin1("3\n") },
  ]);
