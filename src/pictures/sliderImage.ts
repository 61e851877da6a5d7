import type { ComparedPictures } from "./ComparedPictures.ts";
import { captioned } from "./captioned.ts";
import { encodeCanvas } from "./encodeCanvas.ts";
import { palette } from "./palette.ts";

/** Pixels. */
const LINE = 4;
const KNOB = 14;

/**
 * One picture: left of a vertical line as it was, right of it as it became. WebP.
 * @param position of the line, from 0 (all new) to 1 (all old)
 */
export async function sliderImage({ before, after, words }: ComparedPictures, position = 0.5): Promise<Uint8Array> {
  const { width, height } = before;
  const x = Math.round(width * Math.min(1, Math.max(0, position)));
  const captions = [
    { text: words.before, x: 0 },
    { text: words.after, x: width },
  ];
  const canvas = captioned(width, height, captions, (context) => {
    context.drawImage(after, 0, 0);
    if (x > 0) context.drawImage(before, 0, 0, x, height, 0, 0, x, height);
    context.fillStyle = palette.path;
    context.fillRect(x - LINE / 2, 0, LINE, height);
    context.beginPath();
    context.arc(x, height / 2, KNOB, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = palette.onPath;
    for (const side of [-1, 1]) {
      context.beginPath();
      context.moveTo(x + side * (KNOB - 4), height / 2);
      context.lineTo(x + side * 3, height / 2 - 6);
      context.lineTo(x + side * 3, height / 2 + 6);
      context.fill();
    }
  });
  return encodeCanvas(canvas);
}
