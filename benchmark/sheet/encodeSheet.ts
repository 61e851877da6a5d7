import type { Canvas } from "@napi-rs/canvas";
import { sharp } from "../../gpu-worker/image/sharp.ts";

/** Bytes: so much a page of pictures may cost its readers. */
const most = 1_500_000;

/** A PNG of at most 1.5 MB: with all its colours if that is small enough, else with 256 of them. */
export async function encodeSheet(canvas: Canvas): Promise<Uint8Array> {
  const { width, height } = canvas;
  const rgba = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  const picture = () => sharp(rgba, { raw: { width, height, channels: 4 } }).removeAlpha();
  const exact = await picture().png({ compressionLevel: 9, adaptiveFiltering: true }).toBuffer();
  if (exact.length <= most) return exact;
  return picture().png({ compressionLevel: 9, palette: true, colours: 256, dither: 0.6, effort: 10 }).toBuffer();
}
