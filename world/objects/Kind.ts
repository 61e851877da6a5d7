import { Path2D } from "@napi-rs/canvas";
import type { ColorName } from "../colors.ts";
import type { PoseName } from "../scene.ts";
import type { Joints } from "./poses.ts";

/** Where a kind of object may be: it stands on the ground, floats on water, hangs in the sky, or swims under water. */
export type Habitat = "ground" | "water" | "sky" | "underwater";

/** What a part is filled with: the object's main colour and pattern, a shade of it, or a fixed colour. */
export type Fill = "main" | "shade" | "tint" | `#${string}`;

/** One filled shape or thick line of an object, in a box of 100 × 100 units whose floor is y = 100. */
export interface Part {
  readonly path: Path2D;
  readonly fill: Fill;
  /** A dark contour around the part. */
  readonly outlined: boolean;
  /** Set for thick lines (limbs, strings): the width in units; the path is stroked, not filled. */
  readonly lineWidth?: number;
}

/** How an object is drawn: for kinds with poses, in one of them. `parts` are painted in order. */
export interface Form {
  /** Top of the head in units, how wide a hat sits on it, and how far it is tilted to the right in degrees. */
  readonly head?: { readonly x: number; readonly y: number; readonly width: number; readonly tilt?: number };
  /** Centre, width and tilt of a face that shows a mood; `dark` on skin, which is light even if the object is black. */
  readonly face?: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly tilt?: number;
    readonly dark?: boolean;
  };
  readonly parts: readonly Part[];
  /** Where the joints of a figure are. */
  readonly joints?: Joints;
}

/** A kind of object. Sideways kinds look to the right as drawn. */
export interface Kind extends Form {
  readonly name: string;
  readonly synonyms?: readonly string[];
  readonly habitats: readonly Habitat[];
  /** Side of the 100-unit box as a share of the picture's shorter side, for scale 1. */
  readonly size: number;
  /** The colour when an instruction names none. Never part of a held-out pair. */
  readonly color: ColorName;
  /** Looks to one side, so that it can be turned around. */
  readonly sideways?: boolean;
  /** Fits into a room. */
  readonly indoor?: boolean;
  /** Fits onto the moon of the `space` background (everything on the ground does; sky kinds say so). */
  readonly inSpace?: boolean;
  /** The forms of a figure. Its own form is that of `standing`. */
  readonly poses?: Readonly<Record<PoseName, Form>>;
}

/** How a kind is drawn in a pose; kinds without poses have one form only. */
export const formOf = (kind: Kind, pose: PoseName | undefined): Form =>
  pose === undefined ? kind : (kind.poses?.[pose] ?? kind);

const shape =
  (fill: Fill, outlined: boolean) =>
  (path: string): Part => ({ path: new Path2D(path), fill, outlined });

/** The shape that carries the colour and the pattern. */
export const main = shape("main", true);
/** A darker part of the same colour. */
export const shade = shape("shade", true);
/** A lighter spot of the same colour, without contour. */
export const tint = shape("tint", false);
/** A darker spot of the same colour, without contour. */
export const shadow = shape("shade", false);
/** A part of a fixed colour, with contour. */
export const fixed = (color: `#${string}`, path: string): Part => shape(color, true)(path);
/** A spot of a fixed colour, without contour. */
export const spot = (color: `#${string}`, path: string): Part => shape(color, false)(path);
/** A thick line with contour: legs, tails, necks. */
export const limb = (fill: Fill, lineWidth: number, path: string): Part => ({
  path: new Path2D(path),
  fill,
  outlined: true,
  lineWidth,
});
/** A thin line without contour: strings, whiskers. */
export const line = (color: `#${string}`, lineWidth: number, path: string): Part => ({
  path: new Path2D(path),
  fill: color,
  outlined: false,
  lineWidth,
});

/** SVG path of a circle. */
export const circle = (x: number, y: number, r: number): string => oval(x, y, r, r);

/** SVG path of an ellipse. */
export const oval = (x: number, y: number, rx: number, ry: number): string =>
  `M${x - rx} ${y}A${rx} ${ry} 0 1 1 ${x + rx} ${y}A${rx} ${ry} 0 1 1 ${x - rx} ${y}Z`;

/** SVG path of a box with rounded corners. */
export const box = (x: number, y: number, w: number, h: number, r = 0): string =>
  r === 0
    ? `M${x} ${y}h${w}v${h}h${-w}Z`
    : `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${2 * r - w}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}Z`;

/** SVG path of a polygon from x, y, x, y, … */
export const polygon = (...points: number[]): string =>
  `M${points.reduce((text, value, i) => `${text}${i === 0 ? "" : i % 2 === 0 ? "L" : " "}${value}`, "")}Z`;
