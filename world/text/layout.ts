import type { SceneText } from "../scene.ts";
import { fontOf, type LoadedFont } from "./fonts.ts";

/** Where a text can stand; corners only hold short ones. */
export const textPlaces = ["top", "middle", "bottom", "top left", "top right", "bottom left", "bottom right"] as const;
export type TextPlace = (typeof textPlaces)[number];

export const isCorner = (place: TextPlace): boolean => place.includes(" ");

/** The longest text that a place holds, in characters. */
export const longestIn = (place: TextPlace): number => (isCorner(place) ? 3 : 6);

/** A text's letters in pixels of a picture. */
export interface TextLayout {
  readonly font: LoadedFont;
  /** The left edge of each character's cell, and its width. */
  readonly cells: readonly { readonly char: string; readonly left: number; readonly width: number }[];
  readonly baseline: number;
  readonly capHeight: number;
  /** Pixels per font unit. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** Width of the line around the letters. */
  readonly outline: number;
}

/** All lengths are in 1/64 of the picture's shorter side: pixels, at the size of training. */
const capUnits = 12.5;
const cornerCapUnits = 11;
const marginUnits = 2;
const topUnits = 3.5;
const bottomUnits = 4.5;
const outlineUnits = 1.15;
const spacingUnits = 0.9;

/** How wide a character's cell is in font units, before the space between cells. */
export const advanceOf = (font: LoadedFont, char: string): number => font.outlines.of(char).advance * font.widen;

/**
 * Sets a text in its place: one line of letters that are as tall in every font, squeezed where they would not fit.
 * @param width @param height of the picture, pixels
 */
export function layoutText(text: SceneText, width: number, height: number): TextLayout {
  const unit = Math.min(width, height) / 64;
  const font = fontOf(text.font);
  const corner = isCorner(text.place);
  const capHeight = (corner ? cornerCapUnits : capUnits) * unit;
  const scaleY = capHeight / font.capHeight;
  const chars = [...text.words];
  const room = (corner ? 30 * unit : width) - 2 * marginUnits * unit;
  const advances = chars.map((char) => advanceOf(font, char) * scaleY);
  const spacing = spacingUnits * unit;
  const natural = advances.reduce((sum, each) => sum + each, 0) + spacing * (chars.length - 1);
  const squeeze = Math.min(1, room / natural);
  const total = natural * squeeze;
  const margin = marginUnits * unit;
  let left = text.place.endsWith(" left")
    ? margin
    : text.place.endsWith(" right")
      ? width - margin - total
      : (width - total) / 2;
  const cells = chars.map((char, i) => {
    const cell = { char, left, width: (advances[i] as number) * squeeze };
    left += cell.width + spacing * squeeze;
    return cell;
  });
  const baseline = text.place.startsWith("top")
    ? topUnits * unit + capHeight
    : text.place.startsWith("bottom")
      ? height - bottomUnits * unit
      : (height + capHeight) / 2;
  const scaleX = scaleY * font.widen * squeeze;
  return { font, cells, baseline, capHeight, scaleX, scaleY, outline: outlineUnits * unit };
}
