/** A file of a repository at one commit. */
export interface HubFile {
  /** Relative, with "/"; checked by `checkFileName`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /**
   * What names the blob in the cache, as the hub's ETag does: the SHA-256 of large files (LFS, 64 digits), git's SHA-1
   * of "blob LENGTH\0" and the content for the others (40 digits).
   */
  readonly etag: string;
}
