import { createHash } from "node:crypto";
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

/** A file as the local hub serves it. */
export interface StoredFile {
  readonly path: string;
  readonly size: number;
  /** Git's blob hash of the file, or of the pointer that stands for a large one. */
  readonly oid: string;
  /** SHA-256, for large files only: those are served by the other origin. */
  readonly lfs: string | undefined;
  /** Bytes `start` … `end` − 1. */
  read(start: number, end: number): Buffer;
}

export interface RepositoryOptions {
  /** Asks for the token and for the licence to be accepted. */
  readonly gated?: boolean;
  /** Is not there for those who may not see it. */
  readonly private?: boolean;
}

export interface StoredRepository extends RepositoryOptions {
  readonly id: string;
  /** Commit by branch or tag. */
  readonly refs: Map<string, string>;
  readonly commits: Map<string, readonly StoredFile[]>;
}

/** What is read and sent at a time. */
export const pieceBytes = 1 << 20;
const large = /\.(safetensors|bin|ckpt|msgpack|onnx|pt)$/;
const sha = (name: string, ...parts: (string | Uint8Array)[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash(name)).digest("hex");

/** A file whose content lies in memory. */
export function fileOf(path: string, content: Uint8Array | string): StoredFile {
  const bytes = Buffer.from(content as Uint8Array);
  const lfs = large.test(path) ? sha("sha256", bytes) : undefined;
  const blob = lfs === undefined ? bytes : pointer(lfs, bytes.length);
  const oid = sha("sha1", `blob ${blob.length}\0`, blob);
  return { path, size: bytes.length, oid, lfs, read: (start, end) => bytes.subarray(start, end) };
}

const pointer = (oid: string, size: number): Buffer =>
  Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${size}\n`);

/** Every file below a folder. They stay on the disk: real checkpoints are larger than a buffer can be. */
export function filesBelow(folder: string): StoredFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return names
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => fileOnDisk(name.replaceAll("\\", "/"), join(folder, name)));
}

function fileOnDisk(path: string, file: string): StoredFile {
  const { size } = statSync(file);
  const read = (start: number, end: number): Buffer => {
    const handle = openSync(file, "r");
    const bytes = Buffer.alloc(end - start);
    readSync(handle, bytes, 0, bytes.length, start);
    closeSync(handle);
    return bytes;
  };
  if (!large.test(path)) return { ...fileOf(path, readFileSync(file)), read };
  const hash = createHash("sha256");
  for (let at = 0; at < size; at += pieceBytes) hash.update(read(at, Math.min(size, at + pieceBytes)));
  const lfs = hash.digest("hex");
  const stands = pointer(lfs, size);
  return { path, size, oid: sha("sha1", `blob ${stands.length}\0`, stands), lfs, read };
}

/** The commit that these files are: the same files, the same commit. */
export const commitOf = (files: readonly StoredFile[]): string =>
  sha("sha1", ...files.map(({ path, oid }) => `${oid} ${path}\n`));
