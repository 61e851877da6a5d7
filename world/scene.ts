import type { ColorName } from "./colors.ts";
import type { Finish } from "./looks.ts";
import type { FontName } from "./text/fonts.ts";
import type { TextPlace } from "./text/layout.ts";

export const moods = ["happy", "sad", "surprised", "sleepy"] as const;
export type Mood = (typeof moods)[number];

/** What a figure does; see world/objects/poses.ts. */
export const poseNames = [
  "standing",
  "waving",
  "arms up",
  "arms out",
  "hands on hips",
  "pointing",
  "sitting",
  "kneeling",
  "running",
  "jumping",
  "kicking",
  "dancing",
  "bowing",
  "lying",
] as const;
export type PoseName = (typeof poseNames)[number];

/**
 * One object of a scene. `x` and `y` are shares of the picture's width and height: the middle of the foot of things
 * on the ground or the water, the centre of things in the sky or under water. `scale` multiplies the kind's size.
 */
export interface SceneObject {
  readonly kind: string;
  readonly color: ColorName;
  readonly finish: Finish;
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  /** Looks to the left instead of the right. */
  readonly flipped: boolean;
  readonly upsideDown?: boolean;
  readonly mood?: Mood;
  /** Wears a hat of this colour. */
  readonly hat?: ColorName;
  /** What a figure does; it stands without one. */
  readonly pose?: PoseName;
}

/** A written text, in front of everything. Its size follows from its place. */
export interface SceneText {
  /** Capitals, digits and punctuation, at most six characters (three in a corner). */
  readonly words: string;
  readonly font: FontName;
  readonly color: ColorName;
  readonly place: TextPlace;
  /** What the letters stand on. */
  readonly plate?: "sign" | "banner";
}

/** A picture-book scene: what it takes to draw it at any size. */
export interface Scene {
  readonly background: string;
  /** Which of a background's many forms; 0 is the canonical one that the `background` task draws. */
  readonly variant: number;
  /** In the order of depth: the last is in front. */
  readonly objects: readonly SceneObject[];
  /** Weather, season or time of day; see world/effects. */
  readonly effect?: string;
  readonly texts?: readonly SceneText[];
}
