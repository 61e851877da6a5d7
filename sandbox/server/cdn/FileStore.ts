import { createHmac, timingSafeEqual } from "node:crypto";

/** Seconds that a signed address works, as in Discord's documentation. */
const LIFETIME = 86_400;

/** Bytes kept in memory; beyond, the oldest files go, so that a page left open for days does not fill the machine. */
const CAPACITY = 512 * 2 ** 20;

export interface StoredFile {
  id: string;
  /** The channel it was sent to; for files of commands and modals, the application. */
  folder: string;
  /** Uploaded with a command or modal, or sent in a private reply. */
  ephemeral: boolean;
  filename: string;
  bytes: Buffer;
  contentType: string;
  width: number | undefined;
  height: number | undefined;
}

/** The bytes behind attachments, and the signed addresses that lead to them. */
export class FileStore {
  readonly #now: () => number;
  readonly #key: Buffer;
  /** By id, oldest first. */
  readonly #files = new Map<string, StoredFile>();
  #size = 0;

  constructor(now: () => number, key: Buffer) {
    this.#now = now;
    this.#key = key;
  }

  add(file: StoredFile): void {
    this.#files.set(file.id, file);
    this.#size += file.bytes.length;
    for (const { id } of this.#files.values()) {
      if (this.#size <= CAPACITY) break;
      this.remove(id);
    }
  }

  get(id: string): StoredFile | undefined {
    return this.#files.get(id);
  }

  remove(id: string): void {
    this.#size -= this.#files.get(id)?.bytes.length ?? 0;
    this.#files.delete(id);
  }

  /** `/attachments/<channel>/<id>/<name>?ex=…&is=…&hm=…&`, valid from now for a day. */
  signedPath(file: StoredFile): string {
    const issued = Math.floor(this.#now() / 1000);
    const path = filePath(file);
    const is = issued.toString(16);
    const ex = (issued + LIFETIME).toString(16);
    return `${path}?ex=${ex}&is=${is}&hm=${this.#sign(path, ex, is)}&`;
  }

  /** The file at a signed path, or undefined when the path, the signature or the time is wrong. */
  open(path: string, query: URLSearchParams): StoredFile | undefined {
    const [ex, is, hm] = ["ex", "is", "hm"].map((name) => query.get(name) ?? "") as [string, string, string];
    const id = path.split("/")[3];
    const file = id === undefined ? undefined : this.#files.get(id);
    if (!file || filePath(file) !== path) return undefined;
    const expected = Buffer.from(this.#sign(path, ex, is));
    const given = Buffer.from(hm);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return Number.parseInt(ex, 16) * 1000 > this.#now() ? file : undefined;
  }

  #sign(path: string, ex: string, is: string): string {
    return createHmac("sha256", this.#key).update(`${path}\n${ex}\n${is}`).digest("hex");
  }
}

function filePath(file: StoredFile): string {
  const folder = file.ephemeral ? "ephemeral-attachments" : "attachments";
  return `/${folder}/${file.folder}/${file.id}/${encodeURIComponent(file.filename)}`;
}
