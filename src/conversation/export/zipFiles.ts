import { strToU8, zipSync } from "fflate";

/** A file in a zip. The name has folders with `/`; text is stored as UTF-8. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

/** The earliest day that a zip can tell: the same files give the same bytes. */
const date = new Date(1980, 0, 1);

/** Files as a zip. Nothing is compressed: pictures are already. */
export function zipFiles(entries: readonly ZipEntry[]): Buffer {
  const files = entries.map(({ name, bytes }) => [name, typeof bytes === "string" ? strToU8(bytes) : bytes]);
  return Buffer.from(zipSync(Object.fromEntries(files), { level: 0, mtime: date }));
}
