import type { Canvas } from "@napi-rs/canvas";

/** Two pictures at one size, ready to be drawn side by side, in turns, or in halves. */
export interface ComparedPictures {
  readonly before: Canvas;
  readonly after: Canvas;
  /** What to call them, in the reader's language. */
  readonly words: { readonly before: string; readonly after: string };
}
