import { createHash, type Hash } from "node:crypto";

/** Whether a blob's name tells what it must hold. */
export const isContentHash = (etag: string): boolean => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(etag);

/**
 * The hash that a blob of that name must have: SHA-256 for a name of 64 digits, git's blob hash for one of 40.
 * Feed it the content, and compare its hex digest to the name.
 */
export function hashBlob(etag: string, size: number): Hash {
  return etag.length === 64 ? createHash("sha256") : createHash("sha1").update(`blob ${size}\0`);
}
