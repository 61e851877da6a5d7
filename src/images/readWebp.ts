import type { PictureHeader } from "./inspectPicture.ts";
import { PictureProblem } from "./PictureProblem.ts";

const ANIMATION_FLAG = 0x02;

/** Reads the size from the first chunk of the container (VP8, VP8L or VP8X). */
export function readWebp(bytes: Uint8Array): PictureHeader | undefined {
  const text = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (text(0) !== "RIFF" || text(8) !== "WEBP") return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 30 || view.getUint32(4, true) + 8 > bytes.length) {
    throw new PictureProblem({ kind: "damaged" });
  }
  const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_0000;
  switch (text(12)) {
    case "VP8X":
      if (view.getUint8(20) & ANIMATION_FLAG) {
        throw new PictureProblem({ kind: "animated" });
      }
      return { format: "webp", width: uint24(24) + 1, height: uint24(27) + 1 };
    case "VP8L": {
      // After the signature byte 0x2f: 14 bits of width − 1, then 14 bits of height − 1.
      const bits = view.getUint32(21, true);
      return { format: "webp", width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case "VP8 ":
      // A key frame: 3 bytes of tag, 3 of start code, then 14 bits each.
      return { format: "webp", width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      throw new PictureProblem({ kind: "damaged" });
  }
}
