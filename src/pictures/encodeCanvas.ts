import type { Canvas } from "@napi-rs/canvas";
import sharp from "sharp";

/** A drawn picture as WebP, good enough to look at closely. */
export async function encodeCanvas(canvas: Canvas): Promise<Uint8Array> {
  const raw = { width: canvas.width, height: canvas.height, channels: 4 as const };
  return sharp(canvas.data(), { raw }).removeAlpha().webp({ quality: 90 }).toBuffer();
}
