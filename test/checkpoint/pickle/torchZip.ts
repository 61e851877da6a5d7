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
}

/** A zip archive, as wrong as asked for. */
export function zip(parts: readonly ZipPart[], end: ZipEnd = {}): Buffer {
  const { join, latin1, little } = asm;
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const { name, data, method = 0, flags = 0, crc = crc32(data), size = data.length } = part;
    const fields = (said: number, length: number, title: string) =>
      join(
        little(2, flags),
        little(2, said),
        little(4, 0),
        little(4, crc),
        little(4, length),
        little(4, length),
        little(2, latin1(title).length),
        little(2, 0),
      );
    const title = part.local?.name ?? name;
    const header = join(
      "PK\x03\x04",
      little(2, 20),
      fields(part.local?.method ?? method, part.local?.size ?? size, title),
      title,
    );
    locals.push(join(header, data));
    directory.push(
      join(
        "PK\x01\x02",
        little(2, 20),
        little(2, 20),
        fields(method, size, name),
        little(2, 0),
        little(2, 0),
        little(2, 0),
        little(4, 0),
        little(4, part.at ?? at),
        name,
      ),
    );
    at += header.length + data.length;
  }
  const length = directory.reduce((sum, entry) => sum + entry.length, 0);
  const count = end.count ?? parts.length;
  return join(
    ...locals,
    ...directory,
    "PK\x05\x06",
    little(4, 0),
    little(2, count),
    little(2, count),
    little(4, length),
    little(4, end.directoryAt ?? at),
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
