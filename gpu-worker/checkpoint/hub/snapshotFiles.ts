import { lstat, readdir, readlink, stat } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { isContentHash } from "./hashBlob.ts";

export interface SnapshotFile {
  /** Relative to the snapshot, with "/". */
  readonly path: string;
  /** Bytes; undefined when the link leads nowhere. */
  readonly size: number | undefined;
  /** Name of the blob that it links to: the hash that it must have. Undefined for a file that is no link to one. */
  readonly etag: string | undefined;
  /** When it was read last, milliseconds since 1970. */
  readonly lastUsed: number;
}

/** The files of a snapshot, or of any folder. */
export async function snapshotFiles(folder: string): Promise<SnapshotFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return Promise.all(
    files.map(async (entry) => {
      const file = join(entry.parentPath, entry.name);
      const found = await stat(file).catch(() => undefined);
      const target = (await lstat(file)).isSymbolicLink() ? basename(await readlink(file)) : "";
      return {
        path: relative(folder, file).replaceAll("\\", "/"),
        size: found?.isFile() ? found.size : undefined,
        etag: isContentHash(target) ? target : undefined,
        lastUsed: found?.atimeMs ?? 0,
      };
    }),
  );
}
