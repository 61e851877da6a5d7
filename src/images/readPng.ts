import type { PictureHeader } from "./inspectPicture.ts";
import { PictureProblem } from "./PictureProblem.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Reads the size, and walks the chunks to see that the file is whole and does not move. */
export function readPng(bytes: Uint8Array): PictureHeader | undefined {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: PictureHeader | undefined;
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if (end > bytes.length) break;
    if (header === undefined) {
      if (type !== "IHDR" || length !== 13) throw new PictureProblem({ kind: "damaged" });
      header = { format: "png", width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    } else if (type === "acTL") throw new PictureProblem({ kind: "animated" });
    else if (type === "IEND") return header;
    at = end;
  }
  throw new PictureProblem({ kind: "damaged" });
}
