import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import type { Random } from "../random.ts";

/** A picture that is not of the world. */
export interface ForeignPicture {
  /** What is on it, for captions: "soft blobs of color". */
  readonly caption: string;
  /** The same picture at any size (fine grain aside); width and height in pixels. */
  readonly draw: (width: number, height: number) => Picture;
}

/** One way to make such pictures: paints all of it in coordinates where the height is 1 and the width is `w`. */
export interface Painter {
  readonly caption: string;
  readonly paint: (context: SKRSContext2D, w: number, random: Random) => void;
}
