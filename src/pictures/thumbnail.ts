import { type Canvas, createCanvas, ImageData } from "@napi-rs/canvas";
import sharp from "sharp";

export interface ThumbnailOptions {
  /** Pixels; the picture keeps its ratio and fits into both. */
  readonly width: number;
  readonly height: number;
  /** `fill` takes the size as it is. */
  readonly fit?: "inside" | "fill";
}

/** Squares that show through where a picture is transparent. Pixels. */
const SQUARE = 8;

/**
 * A picture at another size, on squares where it is transparent. Small ones grow in hard pixels, as a viewer of
 * pixel art would expect. Only for files that our own worker wrote: the bot decodes nothing that comes from people.
 */
export async function thumbnail(
  bytes: Uint8Array,
  { width, height, fit = "inside" }: ThumbnailOptions,
): Promise<Canvas> {
  const picture = sharp(bytes, { limitInputPixels: false });
  const original = await picture.metadata();
  const kernel = original.width * 4 <= width ? "nearest" : "lanczos3";
  const { data, info } = await picture
    .resize(Math.round(width), Math.round(height), { fit, kernel })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = createCanvas(info.width, info.height);
  pixels.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(data), info.width, info.height), 0, 0);
  if (original.hasAlpha !== true) return pixels;

  const whole = createCanvas(info.width, info.height);
  const context = whole.getContext("2d");
  for (let y = 0; y < info.height; y += SQUARE) {
    for (let x = 0; x < info.width; x += SQUARE) {
      context.fillStyle = (x + y) % (2 * SQUARE) === 0 ? "#ffffff" : "#cccccc";
      context.fillRect(x, y, SQUARE, SQUARE);
    }
  }
  context.drawImage(pixels, 0, 0);
  return whole;
}
