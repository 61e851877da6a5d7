import { crc32, deflateSync } from "node:zlib";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { sharp } from "../../gpu-worker/image/sharp.ts";

/** A picture by a function of its pixels. */
export function paint(
  width: number,
  height: number,
  color: (x: number, y: number) => readonly [number, number, number],
): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data.set(color(i % width, Math.floor(i / width)), 3 * i);
  return { width, height, data };
}

export const rawPicture = (picture: Picture) =>
  sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } });

export const gradient = (width: number, height: number) =>
  paint(width, height, (x, y) => [(255 * x) / width, (255 * y) / height, 128]);

function chunk(type: string, data: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, crc]);
}

/** A black PNG of any size in a few hundred kilobytes, without holding its pixels. */
export function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8); // 8-bit grey
  // One row compressed; the rest is missing, which nobody should get to notice.
  const rows = deflateSync(Buffer.alloc((width + 1) * 4), { level: 9 });
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

export const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="9" height="9"/></svg>',
);

/** Two frames of 8 × 8. */
export const animated = (format: "gif" | "webp") =>
  sharp(Buffer.from(paint(8, 16, (_, y) => (y < 8 ? [255, 0, 0] : [0, 0, 255])).data), {
    raw: { width: 8, height: 16, channels: 3, pageHeight: 8 },
  })
    .toFormat(format, { loop: 0, delay: [100, 100] })
    .toBuffer();
