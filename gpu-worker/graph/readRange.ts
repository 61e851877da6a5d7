import { open } from "node:fs/promises";
import type { FileRange } from "./Initializer.ts";

/** The bytes of a file range, at most 2 GiB. @throws Error when the file is shorter */
export async function readRange({ file, offset, length }: FileRange): Promise<Uint8Array> {
  const handle = await open(file, "r");
  try {
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
      if (bytesRead === 0) throw new Error(`${file} became shorter while it was read`);
      done += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}
