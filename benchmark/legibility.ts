import type { Picture } from "../gpu-worker/image/Picture.ts";
import { rgb } from "../world/colors.ts";
import { luminance } from "../world/pixels.ts";
import type { SceneText } from "../world/scene.ts";
import { advanceOf, layoutText, type TextLayout } from "../world/text/layout.ts";
import { inkOf } from "../world/text/paintText.ts";
import { letterMask, type Region } from "../world/text/textMask.ts";

/** What a character is taken for: everything that the world writes. */
const candidates = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!?"];
/** Stands for a character that looks like none. */
export const unread = "_";
/** Correlation below which a character is unread: what scenery reaches by chance now and then. */
const leastCorrelation = 0.4;
/** How far a letter may be off its place, in 1/64 of the picture's shorter side. */
const slack = 1;

/**
 * How far a region's luminance has gone from the line's (0) to the letters' (1): scenery that is brighter or darker than
 * both counts as the nearer one. Pixels outside the picture repeat its edge.
 */
function contrastOf(picture: Picture, expected: SceneText, { left, top, width, height }: Region): Float32Array {
  const { data } = picture;
  const { fill, line } = inkOf(expected.color);
  const from = luminance(...rgb(line));
  const span = luminance(...rgb(fill)) - from;
  const contrast = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.min(picture.height - 1, Math.max(0, top + y)) * picture.width;
    for (let x = 0; x < width; x++, i++) {
      const at = (row + Math.min(picture.width - 1, Math.max(0, left + x))) * 3;
      const value = luminance(data[at]!, data[at + 1]!, data[at + 2]!);
      contrast[i] = Math.min(1, Math.max(0, (value - from) / span));
    }
  }
  return contrast;
}

/**
 * A window of `width` × `height` values at (x, y) of a plane that is `stride` wide, with the mean taken away and scaled
 * to length 1, so that a product of two is their normalised cross-correlation.
 */
function normalisedWindow(
  plane: Float32Array,
  stride: number,
  x: number,
  y: number,
  width: number,
  height: number,
): Float32Array {
  const values = new Float32Array(width * height);
  let sum = 0;
  for (let row = 0, i = 0; row < height; row++) {
    const from = (y + row) * stride + x;
    for (let column = 0; column < width; column++, i++) {
      values[i] = plane[from + column]!;
      sum += values[i]!;
    }
  }
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  const length = Math.sqrt(squares);
  for (let i = 0; i < values.length; i++) values[i] = length < 1e-3 ? 0 : (values[i]! - mean) / length;
  return values;
}

/** The contrast that each candidate makes in a region: 1 where it is inked, −1 on the line around it, 0 elsewhere. */
function templatesOf(layout: TextLayout, center: number, region: Region): Float32Array[] {
  const { width, height, left, top } = region;
  // All are drawn in one go, so far from one another that the widest does not reach the next one's window.
  const stride = width + Math.ceil(layout.capHeight * 3);
  const letters = candidates.map((char, i) => {
    const wide = advanceOf(layout.font, char) * (layout.scaleX / layout.font.widen);
    return { char, left: center + i * stride - wide / 2 };
  });
  const { fill, line } = letterMask(layout, letters, { left, top, width: stride * candidates.length, height });
  const contrast = fill.map((value, i) => value - line[i]!);
  return candidates.map((_, i) => normalisedWindow(contrast, stride * candidates.length, i * stride, 0, width, height));
}

/**
 * Reads a text in a picture by template matching: each character's place is compared with every character of the
 * text's font, by normalised cross-correlation of the luminance contrast between letters and the line around them.
 * It knows where the text should be and how long it is, not what it says.
 * @returns as many characters as the expected text has; `_` where none is recognised
 */
export function readText(picture: Picture, expected: SceneText): string {
  const layout = layoutText(expected, picture.width, picture.height);
  const reach = Math.max(1, Math.round((slack * Math.min(picture.width, picture.height)) / 64));
  return layout.cells
    .map((cell) => {
      const left = Math.floor(cell.left - layout.outline);
      const top = Math.floor(layout.baseline - layout.capHeight - layout.outline);
      const width = Math.ceil(cell.left + cell.width + layout.outline) - left;
      const height = Math.ceil(layout.baseline + layout.outline * 2) - top;
      const around = { left: left - reach, top: top - reach, width: width + 2 * reach, height: height + 2 * reach };
      const contrast = contrastOf(picture, expected, around);
      const views: Float32Array[] = [];
      for (let dy = 0; dy <= 2 * reach; dy++) {
        for (let dx = 0; dx <= 2 * reach; dx++) {
          views.push(normalisedWindow(contrast, around.width, dx, dy, width, height));
        }
      }
      let best = leastCorrelation;
      let read = unread;
      templatesOf(layout, cell.left + cell.width / 2, { left, top, width, height }).forEach((template, i) => {
        for (const view of views) {
          let correlation = 0;
          for (let k = 0; k < view.length; k++) correlation += view[k]! * template[k]!;
          if (correlation > best) [best, read] = [correlation, candidates[i]!];
        }
      });
      return read;
    })
    .join("");
}
