import type { PictureHeader } from "./inspectPicture.ts";
import { PictureProblem } from "./PictureProblem.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
/** Start-of-frame markers; C4, C8 and CC in the same range mean other things. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Markers without a length: restarts, and TEM. */
const isBare = (marker: number) => (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01;

/** Reads the size from the first frame header, and looks for the end-of-image marker after the first scan. */
export function readJpeg(bytes: Uint8Array): PictureHeader | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== SOI || bytes[2] !== 0xff) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: PictureHeader | undefined;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) break;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (isBare(marker)) at += 2;
    else {
      const length = view.getUint16(at + 2);
      if (length < 2) break;
      if (isFrame(marker) && at + 9 <= bytes.length) {
        header ??= { format: "jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
      }
      if (marker === SOS) {
        if (header !== undefined && hasEnd(bytes, at + 2 + length)) return header;
        break;
      }
      at += 2 + length;
    }
  }
  throw new PictureProblem({ kind: "damaged" });
}

function hasEnd(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.length - 2; at >= from; at--) if (bytes[at] === 0xff && bytes[at + 1] === EOI) return true;
  return false;
}
