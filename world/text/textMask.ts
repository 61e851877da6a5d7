import { createCanvas } from "@napi-rs/canvas";
import type { SceneText } from "../scene.ts";
import { layoutText, type TextLayout } from "./layout.ts";
import { paintLetters } from "./paintText.ts";

/** How far letters and the line around them cover each pixel of a width × height region, 0–1, rows from the top. */
export interface TextMask {
  readonly width: number;
  readonly height: number;
  readonly fill: Float32Array;
  /** Where the fill does not cover it. */
  readonly line: Float32Array;
}

/** A rectangle of whole pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Draws letters of a layout alone and returns what they cover of a region of the picture. */
export function letterMask(
  layout: TextLayout,
  letters: readonly { readonly char: string; readonly left: number }[],
  region: Region,
): TextMask {
  const { width, height } = region;
  const context = createCanvas(width, height).getContext("2d");
  context.fillStyle = "#000000";
  context.fillRect(0, 0, width, height);
  context.translate(-region.left, -region.top);
  paintLetters(context, layout, letters, { fill: "#ff0000", line: "#00ff00" });
  const rgba = context.getImageData(0, 0, width, height).data;
  const fill = new Float32Array(width * height);
  const line = new Float32Array(width * height);
  for (let i = 0; i < fill.length; i++) {
    fill[i] = (rgba[i * 4] as number) / 255;
    line[i] = (rgba[i * 4 + 1] as number) / 255;
  }
  return { width, height, fill, line };
}

/** A text of a scene alone, at its place in a picture of width × height pixels: what an exact answer writes. */
export function textMask(text: SceneText, width: number, height: number): TextMask {
  const layout = layoutText(text, width, height);
  return letterMask(layout, layout.cells, { left: 0, top: 0, width, height });
}
