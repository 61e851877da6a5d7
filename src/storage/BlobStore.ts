/** Content-addressed storage of pictures: the only thing besides Redis that bot and workers share. */
export interface BlobStore {
  /** Stores the bytes; storing the same bytes twice is one blob. @returns their SHA-256, lower-case hex */
  put(bytes: Uint8Array): Promise<string>;
  /**
   * The bytes of a blob, checked against their name.
   * @throws EmendError `not_found`; `internal` when the stored bytes are damaged
   */
  get(sha256: string): Promise<Uint8Array>;
  has(sha256: string): Promise<boolean>;
  /** Forgets a blob; one that is not there is no error. */
  delete(sha256: string): Promise<void>;
}
