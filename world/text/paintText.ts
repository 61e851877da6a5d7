import type { SKRSContext2D } from "@napi-rs/canvas";
import { type ColorName, colors, rgb } from "../colors.ts";
import { luminance } from "../pixels.ts";
import type { SceneText } from "../scene.ts";
import { isCorner, layoutText, type TextLayout } from "./layout.ts";

/** The colours, "#rrggbb", of letters and of the line around them. */
export interface Ink {
  readonly fill: string;
  readonly line: string;
}

const lightLine = "#fffdf5";
const darkLine = "#1d1430";

/** Dark letters have a white line around them, the others a dark one, so that they read on any scenery. */
export function inkOf(color: ColorName): Ink {
  const fill = colors[color];
  return { fill, line: luminance(...rgb(fill)) < 118 ? lightLine : darkLine };
}

/** Curves that leave their chord by less, and steps that are shorter, are drawn straight or not at all; in pixels. */
const flat = 0.12;
const shortest = 0.3;

/**
 * Adds a character's outline to the context's path, its origin at (x, y) pixels. What nobody sees at this size is left
 * out: drawing a line around curves is what writing costs most.
 */
function tracePath(context: SKRSContext2D, layout: TextLayout, char: string, x: number, y: number): void {
  const { scaleX, scaleY, font } = layout;
  const { commands } = font.outlines.of(char);
  let fromX = 0;
  let fromY = 0;
  for (let i = 0; i < commands.length; ) {
    const kind = commands[i];
    const curved = kind === 2;
    const end = i + (curved ? 3 : 1);
    const toX = x + (commands[end] as number) * scaleX;
    const toY = y - (commands[end + 1] as number) * scaleY;
    if (kind === 0) {
      if (i > 0) context.closePath();
      context.moveTo(toX, toY);
    } else {
      const controlX = curved ? x + (commands[i + 1] as number) * scaleX : toX;
      const controlY = curved ? y - (commands[i + 2] as number) * scaleY : toY;
      const bend = curved ? Math.hypot(fromX - 2 * controlX + toX, fromY - 2 * controlY + toY) / 4 : 0;
      if (bend >= flat) context.quadraticCurveTo(controlX, controlY, toX, toY);
      else if (Math.hypot(toX - fromX, toY - fromY) >= shortest) context.lineTo(toX, toY);
      else {
        i = end + 2;
        continue;
      }
    }
    fromX = toX;
    fromY = toY;
    i = end + 2;
  }
  context.closePath();
}

/** Draws characters, each at its left edge, with the layout's size and baseline. */
export function paintLetters(
  context: SKRSContext2D,
  layout: TextLayout,
  letters: readonly { readonly char: string; readonly left: number }[],
  ink: Ink,
): void {
  context.beginPath();
  for (const { char, left } of letters) tracePath(context, layout, char, left, layout.baseline);
  context.lineJoin = "round";
  context.lineWidth = layout.outline * 2;
  context.strokeStyle = ink.line;
  context.stroke();
  context.fillStyle = ink.fill;
  context.fill();
}

/** The board or the cloth behind the letters. */
function paintPlate(context: SKRSContext2D, text: SceneText, layout: TextLayout, width: number, height: number): void {
  const unit = Math.min(width, height) / 64;
  const first = layout.cells[0];
  const last = layout.cells.at(-1);
  if (!first || !last) return;
  const top = layout.baseline - layout.capHeight - 2.6 * unit;
  const tall = layout.capHeight + 5.4 * unit;
  if (text.plate === "banner") {
    const [from, to] = isCorner(text.place)
      ? text.place.endsWith("left")
        ? [0, last.left + last.width + 3 * unit]
        : [first.left - 3 * unit, width]
      : [0, width];
    context.fillStyle = "#3f6fb5";
    context.fillRect(from, top, to - from, tall);
    context.fillStyle = "#bcd6f5";
    context.fillRect(from, top + 0.5 * unit, to - from, 0.9 * unit);
    context.fillRect(from, top + tall - 1.4 * unit, to - from, 0.9 * unit);
    return;
  }
  const left = Math.max(0.5 * unit, first.left - 3.4 * unit);
  const right = Math.min(width - 0.5 * unit, last.left + last.width + 3.4 * unit);
  // It hangs from the upper edge on two ropes, or stands on a post.
  context.fillStyle = "#6b4423";
  if (text.place.startsWith("top")) {
    for (const share of [0.2, 0.8]) context.fillRect(left + (right - left) * share - 0.5 * unit, 0, unit, top + unit);
  } else
    context.fillRect((left + right) / 2 - 1.5 * unit, top + tall, 3 * unit, Math.min(14 * unit, height - top - tall));
  context.beginPath();
  context.roundRect(left, top, right - left, tall, 2.2 * unit);
  context.fillStyle = "#6b4423";
  context.fill();
  context.beginPath();
  context.roundRect(left + unit, top + unit, right - left - 2 * unit, tall - 2 * unit, 1.4 * unit);
  context.fillStyle = "#e2b878";
  context.fill();
}

/** Draws a written text into a picture of width × height pixels; the context's transform is the identity. */
export function paintText(context: SKRSContext2D, text: SceneText, width: number, height: number): void {
  const layout = layoutText(text, width, height);
  if (text.plate) paintPlate(context, text, layout, width, height);
  paintLetters(context, layout, layout.cells, inkOf(text.color));
}
