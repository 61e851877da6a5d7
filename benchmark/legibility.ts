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
  const { fill, line } = inkOf(expected.color);
  const [from, to] = [luminance(...rgb(line)), luminance(...rgb(fill))];
  const { data } = picture;
  return Float32Array.from({ length: width * height }, (_, i) => {
    const x = Math.min(picture.width - 1, Math.max(0, left + (i % width)));
    const y = Math.min(picture.height - 1, Math.max(0, top + Math.floor(i / width)));
    const at = (y * picture.width + x) * 3;
    const value = luminance(data[at]!, data[at + 1]!, data[at + 2]!);
    return Math.min(1, Math.max(0, (value - from) / (to - from)));
  });
}

/** Takes the mean away and scales to length 1, so that a product of two is their normalised cross-correlation. */
function normalised(values: Float32Array): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const length = Math.hypot(...centred);
  return length < 1e-3 ? centred.fill(0) : centred.map((value) => value / length);
}

/** The contrast that a character makes in a region: 1 where it is inked, −1 on the line around it, 0 elsewhere. */
function templateOf(layout: TextLayout, char: string, center: number, region: Region): Float32Array {
  const width = advanceOf(layout.font, char) * (layout.scaleX / layout.font.widen);
  const { fill, line } = letterMask(layout, [{ char, left: center - width / 2 }], region);
  return normalised(fill.map((value, i) => value - line[i]!));
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
    .map(({ left, width }) => {
      const from = Math.floor(left - layout.outline);
      const top = Math.floor(layout.baseline - layout.capHeight - layout.outline);
      const region: Region = {
        left: from,
        top,
        width: Math.ceil(left + width + layout.outline) - from,
        height: Math.ceil(layout.baseline + layout.outline * 2) - top,
      };
      const views: Float32Array[] = [];
      for (let dy = -reach; dy <= reach; dy++) {
        for (let dx = -reach; dx <= reach; dx++) {
          views.push(
            normalised(contrastOf(picture, expected, { ...region, left: region.left + dx, top: region.top + dy })),
          );
        }
      }
      let best = leastCorrelation;
      let read = unread;
      for (const char of candidates) {
        const template = templateOf(layout, char, left + width / 2, region);
        for (const view of views) {
          let correlation = 0;
          for (let i = 0; i < view.length; i++) correlation += view[i]! * template[i]!;
          if (correlation > best) [best, read] = [correlation, char];
        }
      }
      return read;
    })
    .join("");
}
