import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { EmendError } from "../errors/EmendError.ts";
import type { BlobStore } from "./BlobStore.ts";

const NAME = /^[0-9a-f]{64}$/;

const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Blobs as files `<folder>/ab/abcdef…`, readable by this user only. Several processes may share the folder. */
export class FolderBlobStore implements BlobStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = sha256Of(bytes);
    const path = this.#pathOf(sha256);
    if (await this.has(sha256)) return sha256;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // Written aside and moved into place, so that no reader ever sees half a file, not even after a power cut.
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      const file = await open(temporary, "wx", 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    return sha256;
  }

  async get(sha256: string): Promise<Uint8Array> {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(this.#pathOf(sha256));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
      throw new EmendError("not_found", "the picture is no longer stored", { cause });
    }
    if (sha256Of(bytes) === sha256) return bytes;
    throw new EmendError("internal", `the stored picture ${sha256.slice(0, 12)} is damaged`);
  }

  async has(sha256: string): Promise<boolean> {
    return stat(this.#pathOf(sha256)).then(
      (entry) => entry.isFile(),
      () => false,
    );
  }

  async delete(sha256: string): Promise<void> {
    await rm(this.#pathOf(sha256), { force: true });
  }

  /** Deletes blobs, and the leavings of interrupted writes, that are older than this. For stores of passing things. */
  async deleteOlderThan(milliseconds: number): Promise<void> {
    const limit = Date.now() - milliseconds;
    for (const entry of await readdir(this.#folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile()) continue;
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
      if (mtimeMs < limit) await rm(path, { force: true });
    }
  }

  #pathOf(sha256: string): string {
    if (!NAME.test(sha256)) throw new EmendError("not_found", "that is no picture's name");
    return join(this.#folder, sha256.slice(0, 2), sha256);
  }
}
