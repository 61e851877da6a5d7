/** A file that a person picks. */
export interface FileInput {
  name: string;
  bytes: Uint8Array;
}

export function isFileInput(value: unknown): value is FileInput {
  return (
    typeof value === "object" &&
    value !== null &&
    "bytes" in value &&
    value.bytes instanceof Uint8Array &&
    "name" in value
  );
}
