import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import { font } from "./font.ts";
import { palette } from "./palette.ts";

/** The strip for words above the pictures. Pixels. */
export const CAPTION = 40;
/** From this width on the strip is higher, since messages show wide pictures smaller. Pixels. */
const WIDE = 1_000;
/** Narrower ones would leave no room for the words. Pixels. */
export const NARROWEST = 280;

export interface Caption {
  readonly text: string;
  /** Middle of the words, from the left of the pictures. Pixels. */
  readonly x: number;
}

/**
 * Pictures below a strip with words, so that no word covers a pixel.
 * @param width,height of the pictures together
 * @param paint draws them, from 0, 0
 */
export function captioned(
  width: number,
  height: number,
  captions: readonly Caption[],
  paint: (context: SKRSContext2D) => void,
): Canvas {
  const strip = width < WIDE ? CAPTION : CAPTION * 1.6;
  const canvas = createCanvas(Math.max(width, NARROWEST), height + strip);
  const context = canvas.getContext("2d");
  context.fillStyle = palette.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const left = Math.floor((canvas.width - width) / 2);
  context.fillStyle = palette.strong;
  context.font = font(strip / 2, "bold");
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { text, x } of captions) {
    const half = context.measureText(text).width / 2 + 8;
    context.fillText(text, Math.min(canvas.width - half, Math.max(half, left + x)), strip / 2);
  }
  context.translate(left, strip);
  paint(context);
  return canvas;
}
